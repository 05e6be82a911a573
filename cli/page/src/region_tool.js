// Drawing regions of the reference, by mouse or by keys, and withdrawing them. They go into the reference file that the
// board was compared with.

import { byId, make, say, tell } from "./dom.js";
import { areaOf } from "./regions.js";

const CLICK_PX = 4; // of the page: less is no dragging
const CLOSE_PX = 9; // of the page: a click so near to the first corner closes the polygon
const LEAST_PX = 8; // of the reference: side of the rectangle that keys begin with
const STEP_PX = 4; // of the page

const rectangle = ([left, top, right, bottom]) => [[left, top], [right, top], [right, bottom], [left, bottom]];
const between = (value, least, most) => Math.min(Math.max(value, least), most);
const round = (value) => Math.round(10 * value) / 10;

function dialogOf(id, buttons) {
  const dialog = byId(id);
  for (const [button, work] of Object.entries(buttons)) byId(button).addEventListener("click", work);
  return dialog;
}

export class RegionTool {
  // `shown()`: {board, finding} that are looked at, null where there is none; `changed(board)`: it has other regions now.
  constructor(source, viewer, { shown, changed }) {
    this.source = source;
    this.viewer = viewer;
    this.shown = shown;
    this.changed = changed;
    this.box = null; // of a rectangle
    this.corners = null; // of a polygon
    this.layer = byId("draw");
    this.list = dialogOf("regions", {
      "regions-draw": () => { this.list.close(); this.draw(); },
      "regions-close": () => this.list.close(),
    });
    this.form = dialogOf("region", { "region-back": () => this.form.close() });
    this.form.addEventListener("close", () => { if (this.isDrawing) this.layer.focus(); });
    byId("region-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    byId("draw-done").addEventListener("click", () => this.finish());
    byId("draw-leave").addEventListener("click", () => this.leave());
    byId("regions-button").hidden = !source.isLive;
    this.listen();
  }

  get isDrawing() { return !this.layer.hidden; }

  // --- which there are ---

  // Asks the server, and keeps it with the board.
  async read(board) {
    if (!this.source.isLive) return;
    board.regions = await this.source.regions(board.id);
    this.changed(board);
  }

  async open() {
    const { board } = this.shown();
    if (!this.source.isLive || !board || this.isDrawing) return;
    await this.read(board).catch((error) => { board.regions = { trouble: error.message }; });
    this.fillList(board);
    this.list.showModal();
  }

  fillList(board, said = "") {
    const { file, regions = [], trouble } = board.regions;
    const canDraw = !trouble && this.viewer.aligned;
    byId("regions-words").textContent = trouble || said +
      (regions.length === 0 ? file + " has no regions." : "In " + file + ":") + (canDraw ? "" : " They are drawn where both pictures could be compared.");
    byId("regions-list").replaceChildren(...regions.map((region) => this.lineOf(board, region)));
    byId("regions-trouble").hidden = true;
    byId("regions-draw").disabled = !canDraw;
  }

  lineOf(board, region) {
    const words = [region.purpose === "ignore" ? "ignored" : "watched", region.why].filter(Boolean).join(": ");
    const line = make("li", "", words + (region.who ? " (" + [region.who, region.at.slice(0, 10)].filter(Boolean).join(", ") + ") " : " "));
    if (region.id) {
      const button = make("button", "", "Withdraw");
      button.type = "button";
      button.append(make("span", "sr", " " + words));
      button.addEventListener("click", () => this.withdraw(board, region));
      line.append(button);
    }
    return line;
  }

  async withdraw(board, { purpose, id }) {
    try {
      board.regions = await this.source.withdrawRegion({ sample: board.id, purpose, id });
      this.tell(board, "Withdrawn");
      byId("regions-close").focus();
    } catch (error) {
      byId("regions-trouble").hidden = false;
      byId("regions-trouble").textContent = error.message;
    }
  }

  tell(board, what) {
    const words = what + ". The next boarddiff batch inspects these boards again. ";
    this.fillList(board, words);
    this.changed(board);
    say(words);
  }

  // --- drawing ---

  draw() {
    const { finding } = this.shown();
    const [width, height] = this.viewer.size;
    const [x, y, wide, high] = finding ? finding.reference_box : [0.45 * width, 0.45 * height, 0.1 * width, 0.1 * height];
    const margin = Math.max(0.25 * Math.max(wide, high), (LEAST_PX - Math.min(wide, high)) / 2);
    this.layer.hidden = false;
    this.setBox([x - margin, y - margin, x + wide + margin, y + high + margin]);
    this.layer.focus();
  }

  leave() {
    if (!this.isDrawing) return;
    this.layer.hidden = true;
    this.show(null);
    byId("pane-first").focus();
  }

  finish() {
    if (this.form.open) return;
    const corners = this.box ? rectangle(this.box) : this.corners;
    if (corners.length < 3 || areaOf(corners) < 1) return tell("A region has at least three corners, and some area.");
    byId("region-size").textContent = Math.round(areaOf(corners)) + " pixels of the reference, " + corners.length + " corners";
    byId("region-trouble").hidden = true;
    this.form.showModal();
    byId("region-why").focus();
  }

  async save() {
    const { board } = this.shown();
    const why = byId("region-why");
    if (!why.value.trim() || byId("region-save").disabled) return why.focus();
    const purpose = byId("region-form").elements["region-purpose"].value;
    const corners = (this.box ? rectangle(this.box) : this.corners).map(([x, y]) => [round(x), round(y)]);
    byId("region-save").disabled = true;
    try {
      board.regions = await this.source.drawRegion({ sample: board.id, purpose, corners, why: why.value.trim() });
      why.value = "";
      this.leave();
      this.form.close();
      this.tell(board, "Saved");
      this.list.showModal();
      byId("regions-close").focus();
    } catch (error) {
      byId("region-trouble").hidden = false;
      byId("region-trouble").textContent = error.message;
    }
    byId("region-save").disabled = false;
  }

  // --- what is drawn so far ---

  show(corners) {
    for (const marks of this.viewer.marks) marks.showDraft(corners);
  }

  // Within the picture, whose outermost pixels reach half a pixel beyond their centres.
  setBox([left, top, right, bottom]) {
    const [width, height] = this.viewer.size;
    const x = (value) => between(value, -0.5, width - 0.5);
    const y = (value) => between(value, -0.5, height - 0.5);
    this.box = [x(Math.min(left, right)), y(Math.min(top, bottom)), x(Math.max(left, right)), y(Math.max(top, bottom))];
    this.corners = null;
    this.show(rectangle(this.box));
  }

  addCorner(corner) {
    const near = (other, pixels) => other && Math.hypot(other[0] - corner[0], other[1] - corner[1]) * this.viewer.marks[0].place.scale < pixels;
    this.box = null;
    this.corners ||= [];
    if (this.corners.length >= 3 && near(this.corners[0], CLOSE_PX)) return this.finish();
    if (!near(this.corners.at(-1), CLICK_PX)) this.corners.push(corner);
    this.show(this.corners);
  }

  // Of the picture, where the pointer is.
  pointAt(event) {
    const { place } = this.viewer.marks[0];
    const { left, top } = this.layer.getBoundingClientRect();
    const [width, height] = this.viewer.size;
    return [between((event.clientX - left - place.x) / place.scale, -0.5, width - 0.5), between((event.clientY - top - place.y) / place.scale, -0.5, height - 0.5)];
  }

  listen() {
    let start = null; // where the pointer went down
    let dragged = false;
    this.layer.addEventListener("pointerdown", (event) => {
      if (event.target !== this.layer || event.button !== 0) return;
      start = { x: event.clientX, y: event.clientY, point: this.pointAt(event) };
      dragged = false;
      this.layer.setPointerCapture(event.pointerId);
    });
    this.layer.addEventListener("pointermove", (event) => {
      if (!start) return;
      dragged ||= Math.hypot(event.clientX - start.x, event.clientY - start.y) >= CLICK_PX;
      if (dragged) this.setBox([...start.point, ...this.pointAt(event)]);
    });
    this.layer.addEventListener("pointerup", () => {
      if (start && !dragged) this.addCorner(start.point);
      start = null;
    });
    this.layer.addEventListener("dblclick", (event) => { if (event.target === this.layer && this.corners) this.finish(); });
    this.layer.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.viewer.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    this.layer.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const onButton = event.target !== this.layer;
    const step = Math.max(STEP_PX / this.viewer.marks[0].place.scale, 0.5);
    const [x, y] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] || [0, 0];
    const work = {
      Escape: () => this.leave(),
      Enter: onButton ? null : () => this.finish(),
      "+": () => this.viewer.zoom(1.5),
      "-": () => this.viewer.zoom(1 / 1.5),
      0: () => this.viewer.fit(),
    }[event.key] || (x || y ? () => this.move(x, y, event.shiftKey) : null);
    if (!work) return;
    event.preventDefault();
    work();
  }

  // The whole, or of a rectangle the corner right below.
  move(x, y, isSize) {
    const [width, height] = this.viewer.size;
    if (!this.box) {
      this.corners = (this.corners || []).map((corner) => [between(corner[0] + x, -0.5, width - 0.5), between(corner[1] + y, -0.5, height - 0.5)]);
      return this.show(this.corners);
    }
    const [left, top, right, bottom] = this.box;
    if (isSize) return this.setBox([left, top, Math.max(right + x, left + 1), Math.max(bottom + y, top + 1)]);
    // It keeps its size at the edge.
    const byX = between(x, -0.5 - left, width - 0.5 - right);
    const byY = between(y, -0.5 - top, height - 0.5 - bottom);
    this.setBox([left + byX, top + byY, right + byX, bottom + byY]);
  }
}
