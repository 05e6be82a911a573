// All keys of the page. Letters alone: what browsers and screen readers use with Ctrl, Alt or Meta stays theirs. Each can be
// changed, and is kept in the browser then.

import { remember, remembered } from "./dom.js";

export const KEYS = [
  { keys: ["j"], shown: ["J"], action: "nextFinding", words: "next finding" },
  { keys: ["k"], shown: ["K"], action: "previousFinding", words: "previous finding" },
  { keys: ["n"], shown: ["N"], action: "nextBoard", words: "next board" },
  { keys: ["p"], shown: ["P"], action: "previousBoard", words: "previous board" },
  { keys: [" "], shown: ["Space"], action: "toggle", words: "reference or sample, at once" },
  { keys: ["b"], shown: ["B"], action: "blink", words: "blink between the two; again to stop" },
  { keys: ["o"], shown: ["O"], action: "onion", words: "onion-skin: the sample over the reference, more or less" },
  { keys: ["w"], shown: ["W"], action: "swipe", words: "swipe: a border between the two" },
  { keys: ["s"], shown: ["S"], action: "side", words: "side by side" },
  { keys: ["h"], shown: ["H"], action: "marks", words: "marks on and off" },
  { keys: ["r"], shown: ["R"], action: "regions", words: "regions of the reference that are ignored or watched, and drawing one" },
  { keys: ["+", "="], shown: ["+"], action: "zoomIn", words: "zoom in" },
  { keys: ["-"], shown: ["\u2212"], action: "zoomOut", words: "zoom out" },
  { keys: ["0"], shown: ["0"], action: "fit", words: "the whole board" },
  { keys: ["g"], shown: ["G"], action: "find", words: "back to the chosen finding" },
  { keys: ["a"], shown: ["A"], action: "unexpected", words: "accept as unexpected: this is not as it should be" },
  { keys: ["d"], shown: ["D"], action: "dismiss", words: "dismiss, with a reason" },
  { keys: ["u"], shown: ["U"], action: "unsure", words: "unsure: somebody else should look" },
  { keys: ["c"], shown: ["C"], action: "comment", words: "comment" },
  { keys: ["m"], shown: ["M"], action: "missed", words: "something unexpected that is not marked" },
  { keys: ["z"], shown: ["Z"], action: "undo", words: "undo your last decision" },
  { keys: ["v"], shown: ["V"], action: "vigilance", words: "how many virtual parts you found, where a review shows some" },
  { keys: ["?"], shown: ["?"], action: "help", words: "this list" },
];

// What no letter is needed for.
export const ARROW_KEYS = [
  { shown: ["\u2190", "\u2191", "\u2192", "\u2193"], words: "move the picture" },
  { shown: ["Shift \u2190", "Shift \u2192"], words: "move the border of swipe; less or more of the sample in onion-skin" },
];

const KEPT = "boarddiff-keys";
const SHOWN = { " ": "Space", "-": "\u2212" };

export const shownKey = (key) => SHOWN[key] || key.toUpperCase();
const isKey = (key) => typeof key === "string" && [...key].length === 1;

// What somebody chose instead: action -> key.
let own = readOwn();

function readOwn() {
  let kept;
  try {
    kept = JSON.parse(remembered(KEPT)) || {};
  } catch {
    return {};
  }
  const chosen = Object.fromEntries(KEYS.filter(({ action }) => isKey(kept[action]) && canChange(action)).map(({ action }) => [action, kept[action]]));
  const inForce = KEYS.flatMap(({ action, keys }) => (chosen[action] ? [chosen[action]] : keys));
  return new Set(inForce).size === inForce.length ? chosen : {};
}

// The list of keys is where all of them can be looked up: that key stays.
export function canChange(action) {
  return action !== "help";
}

export const keysOf = (action) => (own[action] ? [own[action]] : KEYS.find((one) => one.action === action).keys);
export const shownKeysOf = (action) => (own[action] ? [shownKey(own[action])] : KEYS.find((one) => one.action === action).shown);
export const areOwn = () => Object.keys(own).length > 0;

// Gives the action another key. Returns why it cannot be, or "".
export function changeKey(action, pressed) {
  const key = pressed.toLowerCase();
  if (!isKey(key)) return "Only letters, digits, signs and the space bar can be chosen.";
  const other = KEYS.find((one) => one.action !== action && keysOf(one.action).includes(key));
  if (other) {
    return shownKey(key) + " is \u201c" + other.words + "\u201d already." + (canChange(other.action) ? " Give that another key first." : "");
  }
  own = { ...own, [action]: key };
  remember(KEPT, JSON.stringify(own));
  return "";
}

export function resetKeys() {
  own = {};
  remember(KEPT, null);
}

const TEXT_FIELDS = "input:not([type=checkbox]):not([type=range]), textarea, select";
const ARROWS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
const MIX_STEP = { ArrowLeft: -0.05, ArrowRight: 0.05 };
const LISTS = ".scroll, [type=range], .details"; // where arrows mean something already

function takeArrow(event, actions) {
  if (!ARROWS[event.key] || event.target.closest(LISTS)) return false;
  if (!event.shiftKey) actions.pan(...ARROWS[event.key]);
  else if (MIX_STEP[event.key]) actions.mix(MIX_STEP[event.key]);
  else return false;
  return true;
}

// What had the focus gives it back after the next letter, so that Space means what it says.
function leaveControl(event) {
  event.target.closest("button, input")?.blur();
}

// `actions[name]()` for each action above, `actions.pan(x, y)` and `actions.mix(by)`; `isAsking()`: a dialog has the keys.
export function listenToKeys(actions, isAsking) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isAsking()) return;
    if (event.target.closest(TEXT_FIELDS)) return;
    if (takeArrow(event, actions)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      event.target.blur();
      return;
    }
    // Space presses the button that has the focus.
    if (event.key === " " && event.target.closest("button, input")) return;
    const known = KEYS.find(({ action }) => keysOf(action).includes(event.key.toLowerCase()));
    if (!known) return;
    event.preventDefault();
    leaveControl(event);
    actions[known.action]();
  });
  // A button that was clicked does not keep the focus, so that Space goes on to mean what it says.
  document.addEventListener("click", (event) => {
    if (event.detail > 0 && !isAsking()) event.target.closest("button")?.blur();
  });
}
