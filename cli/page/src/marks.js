// The findings' boxes, all on one canvas over the picture: an element each would be slow from some hundred on.

import { groupOf } from "./words.js";

// From so many on, marks are only lines of their colour, and follow a moving picture as they were drawn last until it rests.
const MANY = 1000;
const REST_MS = 120;
const LEAST_PX = 14;
const PAD_PX = 4;

// Each group has a line of its own, so that nobody has to tell colours apart, over one that boards of any colour show.
const LOOKS = {
  extra: { colour: "#d55e00", below: "#fff", dash: [], width: 3 },
  missing: { colour: "#0072b2", below: "#fff", dash: [8, 4], width: 3 },
  exchanged: { colour: "#f0e442", below: "#000", dash: [], width: 3, round: 8 },
  changed: { colour: "#cc79a7", below: "#000", dash: [4, 3], width: 3 },
  weaker: { colour: "#ffffff", below: "#000", dash: [], width: 1 },
  dismissed: { colour: "#9aa3ad", below: null, dash: [1, 4], width: 2 },
};

// What stands behind the number of one that is decided.
const SIGNS = { unexpected: " !", dismissed: " \u2013", unsure: " ?", conflict: " \u2260" };

const lookOf = (finding) =>
  finding.standing.state === "dismissed" ? "dismissed" : finding.above ? groupOf(finding.kind) : "weaker";

function stripesIn(context, draw) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 10;
  draw(tile.getContext("2d"));
  return context.createPattern(tile, "repeat");
}

const hatchIn = (context) => stripesIn(context, (pen) => {
  pen.strokeStyle = "rgb(255 255 255 / .75)";
  pen.lineWidth = 2;
  pen.moveTo(-2, 12);
  pen.lineTo(12, -2);
  pen.stroke();
  pen.fillStyle = "rgb(0 0 0 / .35)";
  pen.fillRect(0, 0, 10, 10);
});

// Slants the other way, over a picture as bright as it is.
const thinHatchIn = (context) => stripesIn(context, (pen) => {
  pen.strokeStyle = "rgb(255 255 255 / .7)";
  pen.lineWidth = 1;
  pen.moveTo(-2, -2);
  pen.lineTo(12, 12);
  pen.stroke();
});

export class Marks {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.hatch = hatchIn(this.context);
    this.thinHatch = thinHatchIn(this.context);
    this.findings = [];
    this.regions = [];
    this.chosen = null;
    this.draft = null; // corners of a region that is being drawn
    this.shown = true;
    this.place = { x: 0, y: 0, scale: 1 }; // of the reference's first pixel, and pixels of the page to one of it
  }

  // `regions`: {polygon, look}: "hatched", "watched" or "varied".
  show(findings, regions) {
    this.findings = findings;
    this.regions = regions;
    this.draw();
  }

  boxOf(finding) {
    const [x, y, width, height] = finding.reference_box;
    const { scale } = this.place;
    const wide = Math.max(width * scale + 2 * PAD_PX, LEAST_PX);
    const high = Math.max(height * scale + 2 * PAD_PX, LEAST_PX);
    return [this.place.x + (x + width / 2) * scale - wide / 2, this.place.y + (y + height / 2) * scale - high / 2, wide, high];
  }

  // The picture lies elsewhere now: `place` as above.
  move(place) {
    const before = this.drawnAt;
    this.place = place;
    clearTimeout(this.resting);
    if (!before || this.findings.length < MANY) {
      this.draw();
      return;
    }
    const scale = place.scale / before.scale;
    this.canvas.style.transform = "translate(" + (place.x - before.x * scale) + "px," + (place.y - before.y * scale) + "px) scale(" + scale + ")";
    this.resting = setTimeout(() => this.draw(), REST_MS);
  }

  // The smallest one there.
  at(x, y) {
    let best = null;
    let least = Infinity;
    for (const finding of this.findings) {
      const [left, top, width, height] = this.boxOf(finding);
      const inside = x >= left && x <= left + width && y >= top && y <= top + height;
      if (inside && width * height < least) {
        best = finding;
        least = width * height;
      }
    }
    return this.shown ? best : null;
  }

  draw() {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const pen = this.context;
    this.drawnAt = this.place;
    this.canvas.style.transform = "none";
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (this.shown) this.drawMarks(width, height);
    if (this.draft) this.drawDraft();
  }

  showDraft(corners) {
    this.draft = corners;
    this.draw();
  }

  drawDraft() {
    const pen = this.context;
    const corners = this.draft.map(([x, y]) => [this.place.x + x * this.place.scale, this.place.y + y * this.place.scale]);
    for (const [colour, line, dash] of [["#000", 5, []], ["#fff", 2, [6, 4]]]) {
      pen.beginPath();
      corners.forEach(([x, y], i) => pen[i === 0 ? "moveTo" : "lineTo"](x, y));
      if (corners.length > 2) pen.closePath();
      pen.setLineDash(dash);
      pen.strokeStyle = colour;
      pen.lineWidth = line;
      pen.stroke();
    }
    pen.setLineDash([]);
    for (const [x, y] of corners) {
      pen.fillStyle = "#000";
      pen.fillRect(x - 4, y - 4, 8, 8);
      pen.fillStyle = "#fff";
      pen.fillRect(x - 3, y - 3, 6, 6);
    }
  }

  drawMarks(width, height) {
    for (const region of this.regions) this.drawRegion(region);
    const boxes = {};
    for (const finding of this.findings) {
      const box = this.boxOf(finding);
      if (box[0] > width || box[1] > height || box[0] + box[2] < 0 || box[1] + box[3] < 0) continue;
      (boxes[lookOf(finding)] ||= []).push({ box, finding });
    }
    const count = Object.values(boxes).reduce((sum, marked) => sum + marked.length, 0);
    for (const [name, marked] of Object.entries(boxes)) {
      if (count < MANY) this.drawGroup(LOOKS[name], marked);
      else this.drawLines(LOOKS[name], marked);
    }
    for (const marked of Object.values(boxes)) for (const { box, finding } of marked) if (finding === this.chosen) this.drawChosen(box);
    // More would cover the picture.
    if (count <= 60) for (const { box, finding } of Object.values(boxes).flat()) this.drawNumber(box, finding);
  }

  outline(box, round) {
    if (round) this.context.roundRect(...box, round);
    else this.context.rect(...box);
  }

  drawGroup(look, marked) {
    const pen = this.context;
    pen.beginPath();
    for (const { box } of marked) this.outline(box, look.round);
    if (look.below) {
      pen.setLineDash([]);
      pen.lineWidth = look.width + 2;
      pen.strokeStyle = look.below;
      pen.stroke();
    }
    pen.setLineDash(look.dash);
    pen.lineWidth = look.width;
    pen.strokeStyle = look.colour;
    pen.stroke();
    pen.setLineDash([]);
  }

  drawLines(look, marked) {
    const pen = this.context;
    pen.strokeStyle = look.colour;
    pen.lineWidth = 1.5;
    for (const { box } of marked) pen.strokeRect(...box);
  }

  drawChosen([x, y, width, height]) {
    const pen = this.context;
    for (const [by, colour, line] of [[6, "#000", 5], [6, "#fff", 2]]) {
      pen.beginPath();
      pen.rect(x - by, y - by, width + 2 * by, height + 2 * by);
      pen.strokeStyle = colour;
      pen.lineWidth = line;
      pen.stroke();
    }
  }

  drawNumber([x, y, width], finding) {
    const pen = this.context;
    const text = finding.number + (SIGNS[finding.standing.state] || "");
    pen.font = "600 12px system-ui, sans-serif";
    const wide = pen.measureText(text).width + 8;
    const left = Math.min(x + width, this.canvas.clientWidth - wide);
    const top = Math.max(y - 17, 0);
    pen.fillStyle = "#000";
    pen.fillRect(left - 1, top - 1, wide + 2, 18);
    pen.fillStyle = "#fff";
    pen.fillRect(left, top, wide, 16);
    pen.fillStyle = "#000";
    pen.fillText(text, left + 4, top + 12);
  }

  drawRegion({ polygon, look }) {
    const pen = this.context;
    pen.beginPath();
    polygon.forEach(([x, y], i) => pen[i === 0 ? "moveTo" : "lineTo"](this.place.x + x * this.place.scale, this.place.y + y * this.place.scale));
    pen.closePath();
    if (look === "watched") {
      pen.strokeStyle = "#009e73";
      pen.lineWidth = 2;
      pen.stroke();
    } else {
      pen.fillStyle = look === "varied" ? this.thinHatch : this.hatch;
      pen.fill();
    }
  }
}
