// A dismissed finding as a variation of the reference file: what looks like it there is then called no longer.

import { byId, say } from "./dom.js";

let kept = {}; // what was said of a place, by board and number

const keyOf = (board, finding) => board.id + "/" + finding.number;

// Shows what can be done about the chosen finding, and what has been. `source`: see data.js.
export function offerVariation(source, board, finding) {
  const words = finding && kept[keyOf(board, finding)];
  const offers = Boolean(source.isLive && board && board.takes_variations && finding && finding.standing.state === "dismissed" && !words);
  byId("variation").hidden = !offers && !words;
  byId("variation-keep").hidden = !offers;
  byId("variation-words").textContent = words || "";
}

// Resolves with whether the person wants it.
function ask(finding) {
  const dialog = byId("variation-ask");
  byId("variation-about").textContent = "Boards that look like this at finding " + finding.number + " are no longer called there, once they are inspected again. " +
    "Anything else in the same place still is.";
  return new Promise((resolve) => {
    let answer = false;
    byId("variation-yes").onclick = () => {
      answer = true;
      dialog.close();
    };
    byId("variation-no").onclick = () => dialog.close();
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
    byId("variation-no").focus();
  });
}

// Asks, and has the server do it. `failed` is told why it could not.
export async function keepVariation(source, board, finding, failed) {
  if (!(await ask(finding))) return;
  byId("variation-words").textContent = "The look is being cut out of the picture.";
  byId("variation-keep").hidden = true;
  try {
    const { number, reference } = await source.keepVariation({ sample: board.id, number: finding.number, box: finding.reference_box });
    kept[keyOf(board, finding)] = "This is variation " + number + " of " + reference + " now. boarddiff batch inspects these boards again with it.";
    say(kept[keyOf(board, finding)]);
  } catch (error) {
    failed(error);
  }
}
