// A dismissed finding as a variation of the reference file: what looks like it there is then called no longer.

import { byId, say } from "./dom.js";

const kept = {}; // what was said of a place, by board and box: numbers may change

const keyOf = (board, finding) => board.id + "/" + finding.reference_box.join(",");

// Shows what can be done about the chosen finding, and what has been. `source`: see data.js.
export function offerVariation(source, board, finding) {
  const words = finding && kept[keyOf(board, finding)];
  const offers = Boolean(source.isLive && board && board.takes_variations && finding && finding.standing.state === "dismissed" && !words);
  byId("variation").hidden = !offers && !words;
  byId("variation-keep").hidden = !offers;
  byId("variation-words").textContent = words || "";
}

// Resolves with what the person wants: "keep", "ignore" or null. Only print can be ignored: the part around it goes on being
// inspected.
function ask(finding) {
  const dialog = byId("variation-ask");
  byId("variation-about").textContent = "Boards that look like this at finding " + finding.number + " are no longer called there, once they are inspected again. " +
    "What looks neither like this nor like the reference still differs from both.";
  byId("variation-ignore").hidden = finding.kind !== "changed_marking";
  return new Promise((resolve) => {
    let answer = null;
    const take = (words) => () => {
      answer = words;
      dialog.close();
    };
    byId("variation-yes").onclick = take("keep");
    byId("variation-ignore").onclick = take("ignore");
    byId("variation-no").onclick = () => dialog.close();
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
    byId("variation-no").focus();
  });
}

// Asks, and has the server do it. `failed` is told why it could not.
export async function keepVariation(source, board, finding, failed) {
  const wanted = await ask(finding);
  if (!wanted) return;
  byId("variation-words").textContent = "The reference file is being changed.";
  byId("variation-keep").hidden = true;
  try {
    const { number, reference } = await source.keepVariation({ sample: board.id, number: finding.number, box: finding.reference_box, ignore: wanted === "ignore" });
    kept[keyOf(board, finding)] = (number ? "This is variation " + number + " of " + reference + " now." : reference + " has this print ignored now.") +
      " boarddiff batch inspects these boards again with it.";
    say(kept[keyOf(board, finding)]);
  } catch (error) {
    failed(error);
  }
}
