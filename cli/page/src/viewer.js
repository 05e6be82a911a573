// Reference and sample: one viewer with two layers, and beside it, when they stand side by side, one that follows.

import OpenSeadragon from "openseadragon";
import { byId, wantsLessMotion } from "./dom.js";
import { Marks } from "./marks.js";

const BLINK_MS = 600; // 1.7 changes a second: below the three flashes that can harm

// Around a finding its own size is shown twice on each side, of large ones less: a part of the board's width.
const AROUND = 2;
const MOST_AROUND = 1 / 20;

// `pane` gets an OpenSeadragon of its own that listens to none of the page's keys.
function openPane(pane) {
  const viewer = new OpenSeadragon.Viewer({
    element: pane,
    // The WebGL drawer shows nothing in pages that are opened from a folder.
    drawer: "canvas",
    showNavigationControl: false,
    animationTime: wantsLessMotion() ? 0 : 0.3,
    springStiffness: 10,
    visibilityRatio: 0.2,
    minZoomImageRatio: 0.5,
    maxZoomPixelRatio: 16,
    imageSmoothingEnabled: true,
    // Panes that stand side by side have to take a new size together: takeSize.
    autoResize: false,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    gestureSettingsTouch: { dblTapToZoom: true },
    crossOriginPolicy: false,
  });
  viewer.addHandler("canvas-key", (event) => { event.preventDefaultAction = true; });
  // The pane itself takes the focus; the canvas inside would be a second stop with nothing to say.
  viewer.canvas.tabIndex = -1;
  return viewer;
}

// The middle of what is shown stays, and so does its size on the screen.
function takeSize(viewer) {
  const { viewport, container } = viewer;
  const size = new OpenSeadragon.Point(container.clientWidth, container.clientHeight);
  const before = viewport.getContainerSize();
  if (size.x === 0 || size.y === 0 || size.equals(before)) return;
  const center = viewport.getCenter();
  const zoom = (viewport.getZoom() * before.x) / size.x;
  viewport.resize(size);
  viewport.zoomTo(zoom, null, true);
  viewport.panTo(center, true);
  viewer.forceRedraw();
}

export class BoardViewer {
  constructor(source, { chooseFinding }) {
    this.source = source;
    this.mode = null; // what is shown
    this.wanted = "swipe"; // what was asked for: boards that are not aligned are always side by side
    this.before = "swipe"; // the mode that blinking goes back to
    this.showsSample = true; // of the two, in reference, sample and blink
    this.mix = { swipe: 0.5, onion: 0.5 };
    this.size = null; // of the reference, pixels
    this.finding = null; // that is chosen
    this.placed = "fit"; // "fit": the whole board is shown; "finding": the chosen one; "free": what somebody moved to
    this.opening = 0; // counts boards, so that pictures that come late are not shown
    this.first = openPane(byId("pane-first"));
    this.leader = this.first; // whose place the other pane shows, too
    this.second = null; // made when first needed
    this.marks = [new Marks(byId("marks-first")), new Marks(byId("marks-second"))];
    this.listen(this.first, this.marks[0], chooseFinding);
    this.chooseFinding = chooseFinding;
    this.listenToDivider();
    new ResizeObserver(() => this.takeSizes()).observe(byId("stages"));
    byId("mix").addEventListener("input", (event) => this.setMix(event.target.value / 1000));
  }

  listen(viewer, marks, chooseFinding) {
    viewer.addHandler("update-viewport", () => this.placeMarks(viewer, marks));
    viewer.addHandler("viewport-change", () => {
      this.drawSwipe();
      this.lead(viewer);
    });
    for (const moved of ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-double-click"]) {
      viewer.addHandler(moved, () => { this.placed = "free"; });
    }
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick) return;
      const finding = marks.at(event.position.x, event.position.y);
      if (finding) chooseFinding(finding);
    });
  }

  // `pictures` as in data.js; `aligned`: both lie in the reference's frame. `size` of the reference, or null.
  async open(id, { pictures, aligned, size }) {
    const opening = ++this.opening;
    this.aligned = aligned;
    this.size = size || (pictures.reference && [pictures.reference.width, pictures.reference.height]) || [1, 1];
    const layer = (which) => (pictures.trouble ? { type: "image", url: this.source.thumbnail(id, which) } : this.layerOf(id, which, pictures[which], pictures.edition));
    this.layers = { reference: layer("reference"), sample: layer("sample") };
    this.items = {};
    this.first.world.removeAll();
    const loading = [this.add(this.first, "reference", opening)];
    if (aligned) loading.push(this.add(this.first, "sample", opening));
    if (this.second) loading.push(this.openSecond(opening));
    await Promise.all(loading);
    if (opening !== this.opening) return;
    this.mode = null;
    this.finding = null;
    this.placed = "fit";
    await this.setMode(this.wanted);
  }

  layerOf(id, which, levels, edition) {
    if (levels.file) return { type: "image", url: levels.file };
    return {
      width: levels.width,
      height: levels.height,
      tileSize: levels.side,
      tileOverlap: levels.overlap,
      minLevel: levels.first,
      maxLevel: levels.last,
      getTileUrl: (level, x, y) =>
        levels.folder ? levels.folder + "/" + level + "/" + x + "_" + y + ".jpg" : this.source.tile(id, which, level, x, y, edition),
    };
  }

  // A picture that cannot be read leaves its place empty.
  add(viewer, which, opening) {
    return new Promise((resolve) => {
      viewer.addTiledImage({
        tileSource: this.layers[which],
        x: 0,
        y: 0,
        width: 1,
        preload: true,
        success: ({ item }) => {
          if (opening !== this.opening) viewer.world.removeItem(item);
          else this.items[viewer === this.first ? which : "second"] = item;
          resolve();
        },
        error: resolve,
      });
    });
  }

  async openSecond(opening) {
    if (!this.second) {
      this.second = openPane(byId("pane-second"));
      this.listen(this.second, this.marks[1], this.chooseFinding);
    }
    this.second.world.removeAll();
    await this.add(this.second, "sample", opening);
  }

  async setMode(wanted) {
    if (!this.layers) return;
    let mode = this.aligned ? wanted : "side";
    if (mode === "blink" && this.mode === "blink") mode = this.before;
    else if (mode === "blink" && this.mode) this.before = this.mode;
    if (this.aligned) this.wanted = mode;
    this.mode = mode;
    clearInterval(this.timer);
    if (mode === "reference" || mode === "sample") this.showsSample = mode === "sample";
    if (mode === "blink") {
      this.showsSample = !this.showsSample;
      // Who asked for less motion flips with Space.
      if (!wantsLessMotion()) {
        this.timer = setInterval(() => { this.showsSample = !this.showsSample; this.draw(); }, BLINK_MS);
      }
    }
    byId("stage-second").hidden = mode !== "side";
    this.leader = this.first;
    this.draw();
    if (mode === "side" && !this.items.second) await this.openSecond(this.opening);
    this.takeSizes();
  }

  // After panes came, went, or became larger or smaller: they show what they did.
  takeSizes() {
    const panes = this.panes();
    panes.forEach(takeSize);
    if (this.placed === "fit") this.fit();
    else if (this.placed === "finding") this.showFinding();
    else this.lead(this.leader);
    this.drawSwipe();
  }

  // Those that show something.
  panes() {
    const panes = this.mode === "side" && this.second ? [this.first, this.second] : [this.first];
    return panes.filter((viewer) => viewer.world.getItemCount() > 0);
  }

  // The other picture, at once.
  toggle() {
    const shown = this.mode === "swipe" || this.mode === "onion" || this.mode === "side" ? true : this.showsSample;
    if (this.mode === "blink") clearInterval(this.timer);
    return this.setMode(shown ? "reference" : "sample");
  }

  draw() {
    const { reference, sample } = this.items;
    const { mode } = this;
    if (sample) {
      const opacity = { swipe: 1, onion: this.mix.onion, side: 0 }[mode] ?? (this.showsSample ? 1 : 0);
      sample.setOpacity(opacity);
    }
    if (reference) reference.setOpacity(1);
    const mixes = mode === "swipe" || mode === "onion";
    byId("mix-label").style.visibility = mixes ? "visible" : "hidden";
    byId("mix-words").textContent = mode === "swipe" ? "Border" : "Sample";
    if (mixes) byId("mix").value = String(Math.round(1000 * this.mix[mode]));
    byId("divider").hidden = mode !== "swipe";
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === mode));
      button.disabled = !this.aligned && button.dataset.view !== "side";
    }
    this.drawBadges();
    this.drawSwipe();
  }

  // Which picture this is, by word, colour and pattern.
  drawBadges() {
    const badge = byId("which-first");
    const other = byId("which-other");
    const stage = byId("stage-first");
    const which = this.mode === "swipe" || this.mode === "side" ? "reference" : this.mode === "onion" ? "both" : this.showsSample ? "sample" : "reference";
    const percent = Math.round(100 * this.mix.onion);
    badge.textContent = which === "both" ? "REFERENCE, with " + percent + " % SAMPLE" : which.toUpperCase();
    badge.className = "which left " + which;
    stage.className = "stage " + which;
    other.hidden = this.mode !== "swipe";
    other.textContent = "SAMPLE";
    other.className = "which right sample";
  }

  drawSwipe() {
    const { sample } = this.items || {};
    if (!sample) return;
    const stage = byId("stage-first");
    const at = this.mix.swipe * stage.clientWidth;
    byId("divider").style.left = at + "px";
    if (this.mode !== "swipe") {
      if (sample.getClip()) sample.setClip(null);
      return;
    }
    const size = sample.getContentSize();
    const point = this.first.viewport.viewerElementToViewportCoordinates(new OpenSeadragon.Point(at, 0));
    const left = Math.min(Math.max(point.x * size.x, 0), size.x);
    const clip = sample.getClip();
    // Nothing is drawn for a width of nothing, and no clip for none at all.
    const wide = Math.max(size.x - left, 0.01);
    if (!clip || Math.abs(clip.x - left) > 0.1) sample.setClip(new OpenSeadragon.Rect(left, 0, wide, size.y));
  }

  moveMix(by) {
    if (this.mode === "swipe" || this.mode === "onion") this.setMix(this.mix[this.mode] + by);
  }

  setMix(share) {
    if (this.mode !== "swipe" && this.mode !== "onion") return;
    this.mix[this.mode] = Math.min(Math.max(share, 0), 1);
    this.draw();
  }

  // The other pane shows the same place. Only the one that is looked at leads: two that led would chase each other.
  lead(viewer) {
    if (this.mode !== "side" || !this.aligned || !this.second || this.leader !== viewer) return;
    const other = viewer === this.first ? this.second : this.first;
    other.viewport.zoomTo(viewer.viewport.getZoom(true), null, true);
    other.viewport.panTo(viewer.viewport.getCenter(true), true);
  }

  placeMarks(viewer, marks) {
    const viewport = viewer.viewport;
    const start = viewport.viewportToViewerElementCoordinates(new OpenSeadragon.Point(0, 0));
    const end = viewport.viewportToViewerElementCoordinates(new OpenSeadragon.Point(1, 0));
    // A pixel's centre has whole coordinates.
    const scale = (end.x - start.x) / this.size[0];
    marks.move({ x: start.x + scale / 2, y: start.y + scale / 2, scale });
  }

  showMarks(findings, regions) {
    for (const marks of this.marks) marks.show(this.aligned ? findings : [], this.aligned ? regions : []);
  }

  setMarksShown(shown) {
    for (const marks of this.marks) {
      marks.shown = shown;
      marks.draw();
    }
  }

  get marksShown() { return this.marks[0].shown; }

  choose(finding) {
    for (const marks of this.marks) {
      marks.chosen = finding;
      marks.draw();
    }
    this.finding = finding;
    this.showFinding();
  }

  // The chosen one, in the middle.
  showFinding() {
    if (!this.finding || !this.aligned) return;
    this.placed = "finding";
    this.leader = this.first;
    const [x, y, width, height] = this.finding.reference_box;
    const around = Math.min(AROUND * Math.sqrt(width * height), MOST_AROUND * this.size[0]);
    const side = Math.max(Math.max(width, height) + 2 * around, this.size[0] / 40);
    const unit = 1 / this.size[0];
    const bounds = new OpenSeadragon.Rect((x + width / 2 - side / 2) * unit, (y + height / 2 - side / 2) * unit, side * unit, side * unit);
    this.first.viewport.fitBounds(bounds, true);
    this.first.forceRedraw();
    this.lead(this.first);
  }

  fit() {
    this.placed = "fit";
    for (const viewer of this.panes()) {
      viewer.viewport.goHome(true);
      viewer.forceRedraw();
    }
  }

  zoom(factor) {
    this.move((viewport) => viewport.zoomBy(factor));
  }

  pan(x, y) {
    this.move((viewport) => viewport.panBy(viewport.deltaPointsFromPixels(new OpenSeadragon.Point(x, y))));
  }

  move(by) {
    this.placed = "free";
    // Pictures that are not aligned have nothing to follow.
    for (const viewer of this.aligned ? [this.leader] : this.panes()) {
      by(viewer.viewport);
      viewer.viewport.applyConstraints();
    }
  }

  listenToDivider() {
    const divider = byId("divider");
    const move = (event) => {
      const box = byId("stage-first").getBoundingClientRect();
      this.setMix((event.clientX - box.left) / box.width);
    };
    divider.addEventListener("pointerdown", (event) => {
      divider.setPointerCapture(event.pointerId);
      divider.addEventListener("pointermove", move);
    });
    divider.addEventListener("pointerup", () => divider.removeEventListener("pointermove", move));
    divider.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    for (const [id, name] of [["stage-first", "first"], ["stage-second", "second"]]) {
      for (const event of ["pointerenter", "focusin"]) byId(id).addEventListener(event, () => { this.leader = this[name]; });
    }
  }
}
