// Which boards and findings are listed.

import { byId, make } from "./dom.js";
import { countsOf, isFlagged, isRefused } from "./progress.js";
import { wordsFor } from "./words.js";

export function boardsShown(queue) {
  const text = byId("queue-text").value.trim().toLowerCase();
  const state = byId("queue-state").value;
  return queue.boards.filter((entry) => {
    const names = [entry.name, entry.file, entry.serial, entry.lot, entry.side, entry.stage].join(" ").toLowerCase();
    if (text && !names.includes(text)) return false;
    if (state === "all") return true;
    if (state === "refused") return isRefused(entry);
    const counts = countsOf(entry, queue);
    if (state === "unexpected") return isFlagged(counts);
    return { open: counts.left, conflict: counts.conflict }[state] > 0;
  });
}

export function findingsShown(board) {
  const kind = byId("filter-kind").value;
  const state = byId("filter-state").value;
  const score = Number(byId("filter-score").value) || 0;
  const weaker = byId("filter-weaker").checked;
  return board.all_findings.filter(
    (one) => (one.above || weaker) && (!kind || one.kind === kind) && (!state || one.standing.state === state) && one.score >= score,
  );
}

// The kinds that the board has; the one that is chosen stays, where it has that.
export function offerKinds(board) {
  const select = byId("filter-kind");
  const before = select.value;
  const kinds = [...new Set(board.all_findings.map((one) => one.kind))].sort();
  const option = (value, words) => {
    const made = make("option", "", words);
    made.value = value;
    return made;
  };
  select.replaceChildren(option("", "All kinds"), ...kinds.map((kind) => option(kind, wordsFor(kind))));
  select.value = kinds.includes(before) ? before : "";
}

export function listenToFilters({ boards, findings }) {
  for (const id of ["queue-text", "queue-state"]) byId(id).addEventListener("input", boards);
  for (const id of ["filter-kind", "filter-state", "filter-score", "filter-weaker"]) byId(id).addEventListener("input", findings);
}
