// Where the page's data comes from: the server of `boarddiff review`, or the files of a report's folder. Both give the
// same documents:
//
// queue     {case, reviewer, signatures, last_decision, boards: [entry], vigilance}; `signatures`: reviewers who have to
//           agree; `vigilance`: lines on the virtual parts that the reviewer decided about, null: none was shown
// entry     {id, name, file, reference, serial, lot, side, stage, against_stage, state, outcome, reason, score, findings,
//           candidates, decided: [{number, state, reviewers}]}; `number` null: the board as a whole
// board     an entry without `decided`, with {report, standing, all_findings: [finding]}; `report` is report.json or null; of
//           the server also {edition, takes_variations}: `edition` goes into the addresses of pictures, since other editions
//           have others (empty: there is one); whether its reference is a file that can hold variations
// finding   {number, kind, score, above, advisory, reference_box, sample_box, near, watch, reason, crops, standing}; boxes
//           are [x, y, width, height] in pixels of the picture that they name
// standing  {state, verdicts: [decision], comments: [decision]}; of each reviewer the verdict that holds
// decision  {id, reviewer, verdict, reason, comment, at}
// pictures  {reference: levels, sample: levels, edition}, or {trouble}: why there are none
// levels    {width, height, first, last, side, overlap}, with {folder} of the tiles where it is another one, or {width,
//           height, file}: one picture instead of tiles
// changes   {places: [{sample, number, standing}], last_decision}; of a decision about a virtual part no places but {told,
//           gone, vigilance}: what to tell, the board that has one finding less, and the lines; of an undo that undid
//           nothing {told}
// regions   {file, regions: [{purpose, id, who, why, at, reference_polygon}]} of the reference file that a board was compared
//           with, as it is now, or {file, trouble}; `purpose`: "ignore" or "watch"; `id` empty: not drawn here
//
// A report whose readers decide has in its queue
// deciding  {format, case: {name, begin}, inspections: {id: {inspection, sample_sha256, report_sha256}}, places: [{sample,
//           number, standing}]}; `places`: what others had decided when the report was written

import { OwnDecisions } from "./own_decisions.js";

const inEdition = (address, edition) => (edition ? address + "?" + edition : address);

const inFolder = {
  crop: (board, number, which) => inEdition("crops/" + board.id + "/" + number + "-" + which + ".jpg", board.edition),
  thumbnail: (id, which) => "thumbnails/" + id + "-" + which + ".jpg",
  tile: (id, which, level, x, y, edition) => inEdition("pictures/" + id + "/" + which + "/" + level + "/" + x + "_" + y + ".jpg", edition),
};

// Of a request that did not come through, or was refused. `status` 0: nobody answered.
export class RequestError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new RequestError("boarddiff review does not answer", 0);
  }
  if (!response.ok) {
    const trouble = await response.json().then((document) => document.trouble, () => "");
    throw new RequestError(trouble || "boarddiff review answers with " + response.status, response.status);
  }
  return response.json();
}

const post = (path, document) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(document) });

function serverSource() {
  return {
    ...inFolder,
    isLive: true,
    canDecide: true,
    queue: () => request("api/queue"),
    board: (id) => request("api/board/" + id),
    pictures: (id) => request("api/pictures/" + id),
    changes: (after) => request("api/changes/" + after),
    decide: (decision) => post("api/decide", decision),
    undo: () => post("api/undo", {}),
    keepVariation: (place) => post("api/variation", place),
    regions: (id) => request("api/regions/" + id),
    drawRegion: (region) => post("api/regions/draw", region),
    withdrawRegion: (region) => post("api/regions/withdraw", region),
  };
}

// Scripts, since a page that was opened from a folder may not read its other files.
function loadScript(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = resolve;
    script.onerror = () => reject(new RequestError(path + " cannot be read", 0));
    document.head.append(script);
  });
}

function folderSource(files) {
  const board = async (id) => {
    if (!files.boards[id]) await loadScript("data/board-" + id + ".js");
    return files.boards[id];
  };
  // A page in one file holds its pictures itself.
  const held = (id, name) => files.boards[id] && files.boards[id].held && files.boards[id].held[name];
  return {
    ...inFolder,
    crop: (shown, number, which) => held(shown.id, number + "-" + which) || inFolder.crop(shown, number, which),
    thumbnail: (id, which) => held(id, which) || inFolder.thumbnail(id, which),
    isLive: false,
    canDecide: false,
    queue: async () => files.queue,
    board,
    pictures: async (id) => (await board(id)).pictures,
  };
}

// A report whose readers decide: as if a server took it.
function decidingSource(source, queue) {
  const own = new OwnDecisions(queue.deciding);
  return {
    ...source,
    canDecide: true,
    own,
    queue: async () => ({ ...queue, reviewer: own.shownReviewer }),
    // A copy: what the files say is what others decided.
    board: async (id) => {
      const board = await source.board(id);
      const shown = { ...board, all_findings: board.all_findings.map((finding) => ({ ...finding })) };
      for (const { sample, number, standing } of own.changes().places) {
        const place = sample !== id ? null : number === null ? shown : shown.all_findings.find((one) => one.number === number);
        if (place) place.standing = standing;
      }
      return shown;
    },
    decide: async (decision) => {
      const board = await source.board(decision.sample);
      const finding = board.all_findings.find((one) => one.number === decision.number);
      return own.add(decision, !finding || finding.above);
    },
    undo: async () => own.undo(),
  };
}

export function openSource() {
  if (!window.boarddiff) return serverSource();
  const source = folderSource(window.boarddiff);
  return window.boarddiff.queue.deciding ? decidingSource(source, window.boarddiff.queue) : source;
}
