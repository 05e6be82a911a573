// The page: a queue of boards, the findings of one of them, and what is decided about each.

import { openSource } from "./data.js";
import { askComment, askReason, isAsking, showHelp, showVigilance } from "./dialogs.js";
import { byId, say, tell } from "./dom.js";
import { boardsShown, findingsShown, listenToFilters, offerKinds } from "./filters.js";
import { setUpKeyDialog } from "./key_dialog.js";
import { listenToKeys } from "./keys.js";
import { boardTitle, boardWords, fillBoardLine, fillFindingLine, fillPaper, showBoardDecisions, showDetails, showLegend } from "./lists.js";
import { Outbox } from "./outbox.js";
import { Pace, countsOf, isLeft, isRefused, progressWords } from "./progress.js";
import { RegionTool } from "./region_tool.js";
import { regionsOf, showIgnored } from "./regions.js";
import { setUpSendBox } from "./send_box.js";
import { setUpTheme } from "./theme.js";
import { BoardViewer } from "./viewer.js";
import { keepVariation, offerVariation } from "./variations.js";
import { VirtualList } from "./virtual_list.js";
import { counted, wordsFor } from "./words.js";

const BOARD_LINE_PX = 52;
const FINDING_LINE_PX = 60;
const LOOK_AGAIN_MS = 3000; // for what others decided

const source = openSource();
const pace = new Pace();
let queue;
let entries = []; // of the queue that are listed
let board = null;
let findings = []; // of the board that are listed
let chosen = -1;
let outbox;
let viewer;
let regionTool;
let queueList;
let findingList;

const entryOf = (id) => queue.boards.find((entry) => entry.id === id);
const chosenFinding = () => findings[chosen] || null;
// What a decision would be about: {sample, number}, or null.
const chosenPlace = () => (!board ? null : chosenFinding() ? { sample: board.id, number: chosenFinding().number } : isRefused(board) ? { sample: board.id, number: null } : null);

function fail(error) {
  byId("banner").hidden = false;
  byId("banner").textContent = error.message;
}

// --- what is shown ---

function showProgress() {
  const { words, share } = progressWords(queue, pace);
  byId("progress-words").textContent = words;
  byId("progress-bar").value = share;
}

function showBanner() {
  const { trouble } = outbox;
  const waiting = outbox.waiting.length;
  byId("banner").hidden = !trouble && waiting === 0;
  if (trouble && trouble.status === 400) byId("banner").textContent = "Not saved: " + trouble.message;
  else if (trouble && trouble.status === 403) {
    byId("banner").textContent = "boarddiff review was started again: open the address that it printed. " + waitingWords(waiting);
  } else if (waiting > 0) {
    byId("banner").textContent = (trouble ? trouble.message + ". Start it again with --port " + location.port + " and open its address. " : "") + waitingWords(waiting);
  }
}
const waitingWords = (waiting) => (waiting > 0 ? counted(waiting, "decision") + " in this browser " + (waiting === 1 ? "waits" : "wait") + " to be saved." : "");

// What the last decision turned out to be about, until the next one.
function showTold(words) {
  byId("told").hidden = !words;
  byId("told").textContent = words || "";
}

function showBoards() {
  entries = boardsShown(queue);
  byId("queue-count").textContent = counted(entries.length, "board") + (entries.length < queue.boards.length ? " of " + queue.boards.length : "");
  queueList.show(entries, board ? entries.findIndex((entry) => entry.id === board.id) : -1);
}

function showFindings() {
  const before = chosenFinding();
  findings = findingsShown(board);
  chosen = before ? findings.findIndex((one) => one.number === before.number) : -1;
  const all = board.all_findings.filter((one) => one.above).length;
  const listed = findings.filter((one) => one.above).length;
  const weaker = findings.length - listed;
  byId("findings-count").textContent = counted(listed, "finding") + (listed === all ? "" : " listed of " + all) + (weaker > 0 ? ", " + weaker + " weaker" : "");
  findingList.show(findings, chosen);
  showRegions();
  choose(chosen < 0 && findings.length > 0 ? 0 : chosen);
  // A report may be printed at once, when its crops have to be there; of a review only what is asked for is loaded.
  if (!source.isLive) fillPaper(board, findings, source);
}

function showRegions() {
  const regions = regionsOf(board);
  viewer.showMarks(findings, regions);
  showLegend(findings, regions);
  showIgnored(board);
}

// Index of the listed findings; -1: none, or the board as a whole.
function choose(index) {
  chosen = index;
  findingList.setChosen(index);
  const finding = chosenFinding();
  viewer.choose(finding);
  showChosen();
  if (finding) say("Finding " + finding.number + ", " + wordsFor(finding.kind) + ", " + finding.standing.state + ". " + finding.reason);
}

const isWaiting = (place) => Boolean(outbox) && outbox.waiting.some((one) => one.sample === place.sample && one.number === place.number);

function showChosen() {
  const place = chosenPlace();
  byId("verdicts").hidden = !source.canDecide;
  for (const id of ["unexpected", "dismissed", "unsure", "comment"]) byId("verdict-" + id).disabled = !place;
  byId("verdict-missed").disabled = !board || isRefused(board);
  showBoardDecisions(board);
  if (place) showDetails(board, chosenFinding(), { source, waits: isWaiting(place) });
  else byId("details").hidden = true;
  offerVariation(source, board, chosenFinding());
}

// --- boards ---

// The line of the queue says what the board's own document does: a virtual part that is gone counts no more.
function recount(document) {
  const entry = entryOf(document.id);
  for (const field of ["outcome", "reason", "score", "findings", "candidates"]) entry[field] = document[field];
  queueList.renew(entries.indexOf(entry));
  showProgress();
}

let opening = 0; // counts boards that were asked for
let opened = 0; // the one of them that is shown

async function openBoard(entry, wanted = {}) {
  const mine = ++opening;
  regionTool.leave();
  try {
    const [document, pictures] = await Promise.all([source.board(entry.id), source.pictures(entry.id)]);
    if (mine !== opening) return;
    board = document;
    board.pictures = pictures;
  } catch (error) {
    // What was shown before still is.
    if (mine === opening) opened = mine;
    fail(error);
    return;
  }
  recount(board);
  byId("board-name").textContent = boardTitle(board);
  byId("board-words").textContent = [board.file + " against " + board.reference, boardWords(board), board.outcome === "needs_review" ? "" : board.reason].filter(Boolean).join(" \u00b7 ");
  const aligned = Boolean(board.report && board.report.registration && board.report.registration.status === "aligned");
  const reference = board.report && board.report.reference;
  const note = byId("picture-note");
  note.hidden = !board.pictures.trouble;
  note.textContent = board.pictures.trouble ? "The pictures are shown small: " + board.pictures.trouble : "";
  queueList.setChosen(entries.findIndex((one) => one.id === board.id));
  offerKinds(board);
  await viewer.open(board.id, { pictures: board.pictures, aligned, size: aligned && reference ? [reference.width, reference.height] : null });
  if (mine !== opening) return;
  opened = mine;
  chosen = -1;
  showFindings();
  const start = wanted.number !== undefined
    ? findings.findIndex((one) => one.number === wanted.number)
    : wanted.last ? findings.length - 1 : findings.findIndex((one) => isLeft(one.standing, queue));
  if (start > 0) choose(start);
  // What was drawn since it was inspected; without an answer there is none.
  regionTool.read(board).catch(() => {});
  // The next one is read meanwhile.
  const next = entries[entries.findIndex((one) => one.id === board.id) + 1];
  if (next) source.pictures(next.id).catch(() => {});
}

function step(by, wanted) {
  const at = board ? entries.findIndex((entry) => entry.id === board.id) : -1;
  const next = entries[at < 0 ? 0 : at + by];
  if (next) openBoard(next, wanted);
  else tell(by > 0 ? "This is the last board." : "This is the first board.");
}

function stepFinding(by) {
  const next = chosen + by;
  if (next >= 0 && next < findings.length) choose(next);
  else step(by, by < 0 ? { last: true } : {});
}

// After a decision: what is left of this board, behind first; then the next board with something left.
function goOn() {
  const left = (index) => isLeft(findings[index].standing, queue);
  for (let i = 1; i < findings.length; ++i) {
    const index = (chosen + i) % findings.length;
    if (left(index)) return choose(index);
  }
  const at = entries.findIndex((entry) => entry.id === board.id);
  const order = [...entries.slice(at + 1), ...entries.slice(0, Math.max(at, 0))];
  const next = order.find((entry) => countsOf(entry, queue).left > 0);
  if (next) {
    tell("Done with " + boardTitle(board) + ". Now " + boardTitle(next) + ".");
    openBoard(next);
  } else {
    showChosen();
    tell(entries.length === queue.boards.length ? "Nothing is left to decide." : "Nothing that is listed is left to decide.");
  }
}

// --- decisions ---

// What others or other tabs decided, and what this one did.
function take(changes) {
  if (changes.told) showTold(changes.told);
  if (changes.gone) {
    queue.vigilance = changes.vigilance;
    byId("vigilance-button").hidden = false;
    if (!board || board.id !== changes.gone) source.board(changes.gone).then(recount).catch(() => {});
    else if (deciding) gone = true;
    else openWithout();
  }
  for (const { sample, number, standing, above = true } of changes.places) {
    const entry = entryOf(sample);
    if (!entry) continue;
    const known = entry.decided.filter((place) => place.number !== number);
    if (standing.verdicts.length > 0) known.push({ number, state: standing.state, reviewers: standing.verdicts.map((one) => one.reviewer) });
    // What lies below the threshold does not count in the queue.
    const finding = board && board.id === sample && board.all_findings.find((one) => one.number === number);
    if (number === null || (finding ? finding.above : above)) entry.decided = known;
    if (board && board.id === sample) {
      if (finding) finding.standing = standing;
      else if (number === null) board.standing = standing;
    }
    queueList.renew(entries.indexOf(entry));
    if (finding) findingList.renew(findings.indexOf(finding));
  }
  if (changes.last_decision) queue.last_decision = Math.max(queue.last_decision, changes.last_decision);
  for (const marks of viewer.marks) marks.draw();
  if (board) showLegend(findings, regionsOf(board));
  showProgress();
  showChosen();
}

// What a key decides is what is seen: while the last decision is on its way or a board is being opened, none is taken.
let deciding = false;
let gone = false; // what was decided about was a virtual part
const canDecide = () => source.canDecide && !deciding && opened === opening && chosenPlace() !== null;

// About `place`, {sample, number}; `box`: of its finding, or null.
async function send(place, box, verdict, { reason = "", comment = "" }) {
  deciding = true;
  gone = false;
  showTold("");
  await outbox.add({ ...place, box, verdict, reason, comment });
  deciding = false;
}

async function decide(verdict, words = {}) {
  if (!canDecide()) return;
  pace.decided(Date.now());
  const finding = chosenFinding();
  await send(chosenPlace(), finding && finding.reference_box, verdict, words);
  if (gone) await openWithout();
  else if (verdict !== "comment") goOn();
}

// The board anew, without the virtual part in its list and pictures; then on to what is left.
async function openWithout() {
  await openBoard(entryOf(board.id));
  const finding = chosenFinding();
  if (opened === opening && !(finding && isLeft(finding.standing, queue))) goOn();
}

async function dismiss() {
  if (!canDecide()) return;
  const finding = chosenFinding();
  const answer = await askReason(finding ? "Finding " + finding.number : "The board");
  if (answer) await decide("dismissed", answer);
}

async function comment() {
  if (!canDecide()) return;
  const finding = chosenFinding();
  const words = await askComment("Comment", finding ? "About finding " + finding.number : "About the board");
  if (words) await decide("comment", { comment: words });
}

async function missed() {
  // A board that could not be compared is decided about as a whole in any case.
  if (!source.canDecide || deciding || opened !== opening || !board || isRefused(board)) return;
  const words = await askComment("Something unexpected that is not marked", "What, and where? It stands for the board as a whole.");
  if (words) await send({ sample: board.id, number: null }, null, "unexpected", { comment: words });
}

async function undo() {
  if (!source.canDecide || deciding || outbox.takeBack()) return;
  try {
    const changes = await source.undo();
    take(changes);
    const place = changes.places[0];
    if (changes.told) return;
    if (!place) return tell("There is nothing to undo.");
    tell("Undone.");
    if (board.id !== place.sample) await openBoard(entryOf(place.sample), { number: place.number });
    else if (place.number !== null) choose(findings.findIndex((one) => one.number === place.number));
  } catch (error) {
    fail(error);
  }
}

async function lookAgain() {
  try {
    const changes = await source.changes(queue.last_decision);
    if (changes.places.length > 0) take(changes);
    if (outbox.trouble && outbox.waiting.length === 0) outbox.trouble = null;
    showBanner();
  } catch (error) {
    outbox.trouble = error;
    showBanner();
    if (outbox.waiting.length === 0) fail(error.status === 403 ? new Error("boarddiff review was started again: open the address that it printed.") : error);
  }
  setTimeout(lookAgain, LOOK_AGAIN_MS);
}

// --- start ---

function setMarks() {
  viewer.setMarksShown(!viewer.marksShown);
  byId("marks-button").setAttribute("aria-pressed", String(viewer.marksShown));
}

const actions = {
  nextFinding: () => stepFinding(1),
  previousFinding: () => stepFinding(-1),
  nextBoard: () => step(1),
  previousBoard: () => step(-1),
  toggle: () => viewer.toggle(),
  blink: () => viewer.setMode("blink"),
  onion: () => viewer.setMode("onion"),
  swipe: () => viewer.setMode("swipe"),
  side: () => viewer.setMode("side"),
  marks: setMarks,
  zoomIn: () => viewer.zoom(1.5),
  zoomOut: () => viewer.zoom(1 / 1.5),
  fit: () => viewer.fit(),
  find: () => viewer.showFinding(),
  unexpected: () => decide("unexpected"),
  dismiss,
  unsure: () => decide("unsure"),
  comment,
  missed,
  undo,
  regions: () => regionTool.open(),
  vigilance: () => (queue.vigilance ? showVigilance(queue.vigilance) : tell("This review shows no virtual parts.")),
  help: showHelp,
  pan: (x, y) => viewer.pan(x, y),
  mix: (by) => viewer.moveMix(by),
};

function listenToButtons() {
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => viewer.setMode(button.dataset.view));
  const clicks = {
    "marks-button": "marks", "zoom-in": "zoomIn", "zoom-out": "zoomOut", "zoom-fit": "fit", "help-button": "help", "regions-button": "regions", "vigilance-button": "vigilance",
    "verdict-unexpected": "unexpected", "verdict-dismissed": "dismiss", "verdict-unsure": "unsure", "verdict-comment": "comment", "verdict-missed": "missed", "verdict-undo": "undo",
  };
  byId("variation-keep").addEventListener("click", async () => {
    await keepVariation(source, board, chosenFinding(), fail);
    showChosen();
  });
  for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener("click", () => actions[action]());
}

// In a report whose readers decide: what they decided before, and under which name.
function setUpOwn(own) {
  setUpSendBox(own, () => {
    queue.reviewer = own.shownReviewer;
    take(own.changes());
  });
  take(own.changes());
}

async function start() {
  setUpTheme();
  queue = await source.queue();
  byId("case-name").textContent = queue.case;
  document.title = queue.case + " - boarddiff review";
  byId("reviewer").textContent = source.isLive ? "Reviewer: " + queue.reviewer + (queue.signatures > 1 ? ", " + queue.signatures + " have to agree" : "") : "";
  byId("vigilance-button").hidden = !queue.vigilance;
  viewer = new BoardViewer(source, { chooseFinding: (finding) => choose(findings.indexOf(finding)) });
  regionTool = new RegionTool(source, viewer, {
    shown: () => ({ board, finding: chosenFinding() }),
    changed: (changed) => { if (board === changed) showRegions(); },
  });
  queueList = new VirtualList(byId("queue-list"), BOARD_LINE_PX, {
    render: (entry, index, button) => fillBoardLine(entry, queue, button),
    choose: (index) => openBoard(entries[index]),
  });
  findingList = new VirtualList(byId("findings-list"), FINDING_LINE_PX, {
    render: (finding, index, button) => fillFindingLine(finding, finding.crops ? source.crop(board, finding.number, "sample") : null, button),
    choose,
  });
  outbox = new Outbox(source, queue.case, { taken: take, changed: showBanner });
  listenToFilters({ boards: showBoards, findings: () => board && showFindings() });
  listenToButtons();
  setUpKeyDialog();
  listenToKeys(actions, () => isAsking() || regionTool.isDrawing);
  addEventListener("beforeprint", () => {
    if (!board) return;
    fillPaper(board, findings, source);
    viewer.fit();
  });
  if (source.own) setUpOwn(source.own);
  showProgress();
  showBoards();
  showBanner();
  if (queue.boards.length === 0) byId("board-name").textContent = "The case file holds no board.";
  else await openBoard(entries.find((entry) => countsOf(entry, queue).left > 0) || entries[0]);
  if (source.isLive) setTimeout(lookAgain, LOOK_AGAIN_MS);
}

start().catch(fail);
