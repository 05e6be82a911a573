// Other keys than those that the page comes with.

import { byId, make } from "./dom.js";
import { KEYS, areOwn, canChange, changeKey, keysOf, resetKeys, shownKey, shownKeysOf } from "./keys.js";

const HINT = "Choose an action, then press its new key. The keys are kept in this browser.";

let waiting = null; // the action whose key is asked for

// The keys that buttons show, and tell screen readers, are those in force.
const labelled = new Map(); // button -> action

function label() {
  for (const [button, action] of labelled) {
    button.setAttribute("aria-keyshortcuts", keysOf(action)[0] === " " ? "Space" : keysOf(action)[0]);
    button.querySelector("kbd").textContent = shownKeysOf(action)[0];
  }
}

function fill(words) {
  byId("keys-words").textContent = words;
  byId("keys-reset").disabled = !areOwn();
  byId("keys-list").replaceChildren(
    ...KEYS.filter(({ action }) => canChange(action)).map(({ action, words: what }) => {
      const button = make("button", "", what);
      button.type = "button";
      button.dataset.action = action;
      button.setAttribute("aria-pressed", String(action === waiting));
      button.append(make("kbd", "", action === waiting ? "\u2026" : shownKeysOf(action).join(" ")));
      button.addEventListener("click", () => ask(action));
      return button;
    }),
  );
  if (waiting) byId("keys-list").querySelector("[data-action=" + waiting + "]").focus();
}

function ask(action) {
  waiting = action;
  fill("Press the new key for \u201c" + KEYS.find((one) => one.action === action).words + "\u201d, or Esc to leave it.");
}

function focusOn(action) {
  byId("keys-list").querySelector("[data-action=" + action + "]").focus();
}

function take(event) {
  if (!waiting || event.ctrlKey || event.altKey || event.metaKey || ["Tab", "Shift"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const action = waiting;
  waiting = null;
  if (event.key === "Escape") fill(HINT);
  else {
    const refusal = changeKey(action, event.key);
    fill(refusal || shownKey(event.key.toLowerCase()) + " is set. " + HINT);
  }
  label();
  focusOn(action);
}

export function setUpKeyDialog() {
  const dialog = byId("keys");
  for (const button of document.querySelectorAll("[aria-keyshortcuts]")) {
    const shortcut = button.getAttribute("aria-keyshortcuts");
    labelled.set(button, KEYS.find(({ keys }) => keys.includes(shortcut)).action);
  }
  label();
  byId("keys-open").addEventListener("click", () => {
    byId("help").close();
    waiting = null;
    fill(HINT);
    dialog.showModal();
  });
  byId("keys-reset").addEventListener("click", () => {
    waiting = null;
    resetKeys();
    label();
    fill("All keys are as they were.");
    byId("keys-close").focus();
  });
  byId("keys-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", take);
}
