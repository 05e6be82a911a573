// A list of which only the lines in sight are in the page, so that ten thousand of them cost no more than twenty. All
// lines have the same height.

import { make } from "./dom.js";

const BEYOND = 6; // lines above and below that are ready

export class VirtualList {
  // `render(item, index, button)` fills a line's button; `choose(index)` hears clicks.
  constructor(box, lineHeight, { render, choose }) {
    this.box = box;
    this.lineHeight = lineHeight;
    this.render = render;
    this.choose = choose;
    this.items = [];
    this.chosen = -1;
    this.lines = new Map();
    this.sheet = make("ol", "lines");
    box.append(this.sheet);
    box.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => {
      this.bringIntoSight(this.chosen);
      this.draw();
    }).observe(box);
  }

  show(items, chosen) {
    this.items = items;
    this.chosen = chosen;
    this.sheet.style.height = items.length * this.lineHeight + "px";
    this.refresh();
  }

  // Draws every line in sight anew.
  refresh() {
    for (const line of this.lines.values()) line.remove();
    this.lines.clear();
    this.draw();
  }

  setChosen(index) {
    const before = this.chosen;
    this.chosen = index;
    this.bringIntoSight(index);
    this.draw();
    for (const one of [before, index]) this.renew(one);
  }

  renew(index) {
    const line = this.lines.get(index);
    if (line) this.fill(line.firstChild, index);
  }

  bringIntoSight(index) {
    if (index < 0) return;
    const top = index * this.lineHeight;
    const shown = this.box.clientHeight;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + this.lineHeight > this.box.scrollTop + shown) this.box.scrollTop = top + this.lineHeight - shown;
  }

  fill(button, index) {
    button.replaceChildren();
    button.setAttribute("aria-current", index === this.chosen ? "true" : "false");
    this.render(this.items[index], index, button);
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.lineHeight) - BEYOND);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.lineHeight) + BEYOND);
    for (const [index, line] of this.lines) {
      if (index < first || index >= last) {
        line.remove();
        this.lines.delete(index);
      }
    }
    for (let index = first; index < last; ++index) {
      if (!this.lines.has(index)) this.add(index);
    }
  }

  add(index) {
    const line = make("li");
    line.style.top = index * this.lineHeight + "px";
    line.style.height = this.lineHeight + "px";
    line.setAttribute("aria-setsize", this.items.length);
    line.setAttribute("aria-posinset", index + 1);
    const button = make("button", "line");
    button.type = "button";
    button.addEventListener("click", () => this.choose(index));
    line.append(button);
    this.fill(button, index);
    this.lines.set(index, line);
    // In the order of the list, for screen readers.
    const next = [...this.lines.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    this.sheet.insertBefore(line, next === undefined ? null : this.lines.get(next));
  }
}
