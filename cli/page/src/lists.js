// The lines of the two lists, and what is said of the chosen finding.

import { byId, make } from "./dom.js";
import { countsOf, isFlagged, isRefused } from "./progress.js";
import { GROUPS, counted, groupOf, verdictWords, wordsFor } from "./words.js";

const MOST_ON_PAPER = 300;
const OUTCOMES = {
  not_comparable: "not comparable",
  nothing_found: "nothing found",
};
const STATES = { unreadable: "not readable", failed: "not inspected", waiting: "not inspected yet" };

export const boardTitle = (entry) => [entry.name, entry.side, entry.stage].filter(Boolean).join(", ");

export function boardWords(entry) {
  if (STATES[entry.state]) return STATES[entry.state];
  return OUTCOMES[entry.outcome] || counted(entry.findings, "finding");
}

// [sign, look]: what is left, or else what came of it.
function signOf(entry, counts) {
  if (counts.conflict > 0) return ["\u2260", counts.left > 0 ? "open" : ""];
  if (counts.places === 0) return counts.suspected ? ["\u2691", "flagged"] : ["\u00b7", ""];
  if (counts.left > 0) return [isRefused(entry) ? "?" : "!", "open"];
  return isFlagged(counts) ? ["\u2691", "flagged"] : ["\u2713", ""];
}

// As short as the list is narrow.
function foundWords(entry, counts) {
  const words = counts.unexpected > 0 && entry.findings > 0 ? counts.unexpected + " of " + entry.findings + " unexpected" : boardWords(entry);
  return words + (counts.suspected ? ", not all marked" : "");
}

export function fillBoardLine(entry, queue, button) {
  const counts = countsOf(entry, queue);
  const [sign, look] = signOf(entry, counts);
  const mark = make("span", "sign " + look, sign);
  mark.setAttribute("aria-hidden", "true");
  button.append(mark);
  const words = make("span", "two");
  words.append(make("strong", "", boardTitle(entry)));
  const left = counts.places > 0 && entry.findings > 0 ? counts.places - counts.left + "/" + counts.places : "";
  const against = entry.against_stage !== null ? "against " + (entry.against_stage || "the stage before") : "";
  const details = [against, foundWords(entry, counts)].filter(Boolean).join(", ");
  words.append(make("span", "muted", details));
  const numbers = make("span", "muted numbers", left);
  if (left) numbers.append(make("span", "sr", " decided"));
  button.append(words, numbers);
}

export function fillFindingLine(finding, crop, button) {
  button.append(make("span", "badge " + (finding.above ? groupOf(finding.kind) : "weaker"), String(finding.number)));
  if (crop) {
    const image = make("img");
    image.src = crop;
    image.alt = "";
    image.loading = "lazy";
    button.append(image);
  }
  const words = make("span", "two");
  words.append(make("strong", "", wordsFor(finding.kind)));
  const facts = ["score " + finding.score.toFixed(2), finding.near, finding.standing.comments.length > 0 ? "commented" : ""];
  words.append(make("span", "muted", facts.filter(Boolean).join(", ")));
  button.append(words, make("span", "state " + finding.standing.state, finding.standing.state === "undecided" ? "" : finding.standing.state));
}

function cropFigure(url, name, caption) {
  const figure = make("figure", name);
  const image = make("img");
  image.src = url;
  image.alt = "The place in the " + name;
  figure.append(make("figcaption", "", caption), image);
  return figure;
}

function decisionLines(standing, waits) {
  const lines = standing.verdicts.map((one) => make("li", "", one.reviewer + ": " + verdictWords(one)));
  for (const one of standing.comments) lines.push(make("li", "", one.reviewer + ": \u201c" + one.comment + "\u201d"));
  if (standing.state === "conflict") lines.unshift(make("li", "conflict", "The reviewers do not agree."));
  if (waits) lines.push(make("li", "conflict", "Not saved yet."));
  return lines;
}

// What is decided about a board with findings as a whole.
export function showBoardDecisions(board) {
  const lines = board && !isRefused(board) ? decisionLines(board.standing, false) : [];
  byId("board-decisions").hidden = lines.length === 0;
  byId("board-decisions").replaceChildren(...lines);
}

const titleOf = (finding) => (finding ? finding.number + ": " + wordsFor(finding.kind) : "The board as a whole");

function factsOf(board, finding) {
  const facts = [];
  const [x, y, width, height] = finding.reference_box;
  facts.push("score " + finding.score.toFixed(2), "at " + Math.round(x + width / 2) + ", " + Math.round(y + height / 2) + " px");
  const reported = reportedFinding(board, finding.number);
  const millimetres = reported && reported.board_box_mm;
  facts.push(millimetres ? millimetres[2].toFixed(1) + " \u00d7 " + millimetres[3].toFixed(1) + " mm" : Math.round(width) + " \u00d7 " + Math.round(height) + " px");
  if (finding.near) facts.push(finding.near);
  if (finding.watch) facts.push("watched");
  if (!finding.above) facts.push(finding.advisory ? "only advisory" : "below the threshold");
  return facts.join(" \u00b7 ");
}

function cropFigures(board, finding, source) {
  if (!finding || !finding.crops) return [];
  return ["reference", "sample"].map((which) => cropFigure(source.crop(board, finding.number, which), which, which.toUpperCase()));
}

// `finding` null: the board as a whole.
export function showDetails(board, finding, { source, waits }) {
  byId("details").hidden = false;
  byId("details-title").textContent = titleOf(finding);
  byId("details-reason").textContent = finding ? finding.reason : board.reason;
  byId("details-facts").textContent = finding ? factsOf(board, finding) : "";
  byId("details-crops").replaceChildren(...cropFigures(board, finding, source));
  byId("details-decisions").replaceChildren(...decisionLines((finding || board).standing, waits));
}



// What is printed below the pictures: all listed findings.
export function fillPaper(board, findings, source) {
  const list = make("ol");
  for (const finding of findings.slice(0, MOST_ON_PAPER)) {
    const line = make("li");
    const crops = make("div", "crops");
    crops.append(...cropFigures(board, finding, source));
    const decisions = make("ul");
    decisions.append(...decisionLines(finding.standing, false));
    line.append(make("strong", "", titleOf(finding)), crops, make("p", "", finding.reason), make("p", "muted", factsOf(board, finding)), decisions);
    list.append(line);
  }
  const more = findings.length - MOST_ON_PAPER;
  byId("paper").replaceChildren(list, ...(more > 0 ? [make("p", "", "and " + more + " more")] : []));
}

const reportedFinding = (board, number) =>
  board.report && [...(board.report.findings || []), ...(board.report.candidates || [])].find((one) => one.id === number);

export function showLegend(findings, regions) {
  const entries = [];
  const add = (look, words) => {
    const entry = make("span");
    entry.append(make("i", look), words);
    entries.push(entry);
  };
  for (const [group, words] of Object.entries(GROUPS)) {
    if (findings.some((one) => one.above && groupOf(one.kind) === group)) add(group, words);
  }
  if (findings.some((one) => !one.above)) add("weaker", "weaker");
  if (findings.some((one) => one.standing.state === "dismissed")) add("dismissed", "dismissed");
  if (regions.some((one) => one.look === "hatched")) add("hatched", "not inspected or ignored");
  if (regions.some((one) => one.look === "watched")) add("watched", "watched");
  if (regions.some((one) => one.look === "varied")) add("varied", "accepted variation");
  byId("legend").replaceChildren(...entries);
}
