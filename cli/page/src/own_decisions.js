// Decisions that somebody makes in a report: no server takes them. They are kept here and, where the browser allows that,
// in its memory for this case, until they are downloaded as the file that `boarddiff decide` brings in.

import { canRemember, remember, remembered } from "./dom.js";

const keyOf = (sample, number) => sample + ":" + number;
const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

function stateOf(verdicts) {
  if (verdicts.length === 0) return "undecided";
  return verdicts.every((one) => one.verdict === verdicts[0].verdict) ? verdicts[0].verdict : "conflict";
}

export class OwnDecisions {
  // `deciding`: see data.js.
  constructor(deciding) {
    this.deciding = deciding;
    this.key = "boarddiff-decisions-" + deciding.case.begin;
    this.others = new Map(deciding.places.map(({ sample, number, standing }) => [keyOf(sample, number), standing]));
    // Boards are known by their inspections: numbers of boards are those of this report.
    this.samples = new Map(Object.entries(deciding.inspections).map(([id, one]) => [one.inspection, Number(id)]));
    this.kept = { reviewer: "", rows: [] };
    this.isSafe = canRemember(); // the browser keeps what is kept here
    this.read();
    this.downloaded = this.rows.length;
    this.changed = () => {}; // called when there are more or fewer
  }

  // What other pages of the same case keep is in the same place: it is read again before anything is added.
  read() {
    if (!this.isSafe) return;
    try {
      const { reviewer, rows } = JSON.parse(remembered(this.key)) || {};
      if (typeof reviewer === "string" && Array.isArray(rows)) this.kept = { reviewer, rows };
    } catch {
      // Then there is only what this page knows.
    }
  }

  write() {
    const text = JSON.stringify(this.kept);
    remember(this.key, text);
    this.isSafe = remembered(this.key) === text;
    this.changed();
  }

  // As the file has it, empty until it is given; and as the page shows it.
  get reviewer() { return this.kept.reviewer; }
  get shownReviewer() { return this.reviewer || "you"; }

  // Those about inspections that this report shows, in order: {inspection, report, number, verdict, reason, comment, at,
  // above}; `above`: it counts in the queue.
  get rows() {
    return this.kept.rows.filter((row) => {
      const id = this.samples.get(row.inspection);
      return id !== undefined && this.deciding.inspections[id].report_sha256 === row.report;
    });
  }

  standing(sample, number) {
    const { inspection } = this.deciding.inspections[sample];
    const others = this.others.get(keyOf(sample, number)) || { verdicts: [], comments: [] };
    const own = this.rows.filter((row) => row.inspection === inspection && row.number === number).map((row) => ({ ...row, reviewer: this.shownReviewer }));
    const verdict = own.filter((row) => row.verdict !== "comment").at(-1);
    const verdicts = verdict ? [...others.verdicts.filter((one) => one.reviewer !== verdict.reviewer), verdict] : others.verdicts;
    return { state: stateOf(verdicts), verdicts, comments: [...others.comments, ...own.filter((row) => row.comment)] };
  }

  place(row) {
    const sample = this.samples.get(row.inspection);
    return { sample, number: row.number, standing: this.standing(sample, row.number), above: row.above };
  }

  // Every place that has a decision of this page, as changes in data.js.
  changes() {
    return { places: this.rows.map((row) => this.place(row)) };
  }

  add({ sample, number, verdict, reason, comment }, above) {
    const { inspection, report_sha256: report } = this.deciding.inspections[sample];
    const row = { inspection, report, number, verdict, reason, comment, at: now(), above };
    this.read();
    this.kept.rows.push(row);
    this.write();
    return { places: [this.place(row)] };
  }

  undo() {
    this.read();
    const last = this.rows.at(-1);
    if (!last) return { places: [] };
    this.kept.rows.splice(this.kept.rows.lastIndexOf(last), 1);
    this.write();
    return { places: [this.place(last)] };
  }

  setReviewer(name) {
    this.read();
    this.kept.reviewer = name;
    this.write();
  }

  // Nothing would be lost with the page.
  get isSaved() { return this.isSafe || this.downloaded === this.rows.length; }

  // The file's text: everything that is not undone, also what was decided otherwise later.
  file() {
    this.downloaded = this.rows.length;
    const decisions = this.rows.map(({ inspection, report, number, verdict, reason, comment, at }) => ({
      inspection,
      sample_sha256: this.deciding.inspections[this.samples.get(inspection)].sample_sha256,
      report_sha256: report,
      number,
      verdict,
      reason,
      comment,
      reviewer: this.reviewer,
      at,
    }));
    return JSON.stringify({ format: this.deciding.format, case: this.deciding.case, decisions }, null, 2) + "\n";
  }
}
