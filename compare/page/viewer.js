// The two pictures on each other. Sheet pixels are those of the embedded pictures, `unit` of them per reference pixel.

const stage = byId("stage");
const sheet = byId("sheet");
const unit = pictures.reference.width / report.reference.width;
const view = { x: 0, y: 0, zoom: 1, mode: "swipe", before: "swipe", split: 0.5, flipped: false, rays: "photo", marks: true, fitted: true };
const marks = []; // { element, box, index }: a finding may have several
let blinkTimer = 0;

const fitZoom = () => Math.min(stage.clientWidth / pictures.reference.width, stage.clientHeight / pictures.reference.height);

function fit() {
  view.fitted = true;
  view.zoom = fitZoom();
  view.x = (stage.clientWidth - pictures.reference.width * view.zoom) / 2;
  view.y = (stage.clientHeight - pictures.reference.height * view.zoom) / 2;
  draw();
}

function zoomAt(factor, x, y) {
  const least = fitZoom() / 2;
  const zoom = Math.min(Math.max(view.zoom * factor, least), 16);
  view.fitted = false;
  view.x = x - (x - view.x) * (zoom / view.zoom);
  view.y = y - (y - view.y) * (zoom / view.zoom);
  view.zoom = zoom;
  draw();
}
const zoomMiddle = (factor) => zoomAt(factor, stage.clientWidth / 2, stage.clientHeight / 2);

// Some of the board always stays in sight.
function keepInSight() {
  const margin = 60;
  view.x = Math.min(Math.max(view.x, margin - pictures.reference.width * view.zoom), stage.clientWidth - margin);
  view.y = Math.min(Math.max(view.y, margin - pictures.reference.height * view.zoom), stage.clientHeight - margin);
}

function drawMark(element, box) {
  const least = 14;
  const pad = 4;
  const width = Math.max(box[2] * unit * view.zoom + 2 * pad, least);
  const height = Math.max(box[3] * unit * view.zoom + 2 * pad, least);
  const left = view.x + (box[0] + box[2] / 2) * unit * view.zoom - width / 2;
  const top = view.y + (box[1] + box[3] / 2) * unit * view.zoom - height / 2;
  element.style.left = left + "px";
  element.style.top = top + "px";
  element.style.width = width + "px";
  element.style.height = height + "px";
  element.classList.toggle("below", top < 30);
}

function draw() {
  keepInSight();
  sheet.style.transform = "translate(" + view.x + "px," + view.y + "px) scale(" + view.zoom + ")";
  sheet.classList.toggle("sharp", view.zoom >= 4);
  const sample = byId("picture-sample");
  const swiping = view.mode === "swipe";
  const splitAt = view.split * stage.clientWidth;
  const showsSample = view.mode === "sample" || (view.mode === "blink" && view.flipped);
  sample.style.visibility = swiping || showsSample ? "visible" : "hidden";
  sample.style.clipPath = swiping ? "inset(0 0 0 " + Math.max(0, (splitAt - view.x) / view.zoom) + "px)" : "none";
  byId("divider").hidden = !swiping;
  byId("divider").style.left = splitAt + "px";
  byId("slider").value = String(Math.round(1000 * view.split));
  byId("label-left").textContent = swiping ? "reference" : showsSample ? "sample" : "reference";
  byId("label-right").textContent = "sample";
  byId("label-right").hidden = !swiping;
  byId("marks").hidden = !view.marks;
  byId("regions").style.visibility = view.marks ? "visible" : "hidden";
  for (const mark of marks) drawMark(mark.element, mark.box);
}

function setMode(mode) {
  if (mode === "blink" && view.mode === "blink") mode = view.before;
  if (mode === "blink") view.before = view.mode;
  view.mode = mode;
  clearInterval(blinkTimer);
  if (mode === "blink") {
    view.flipped = !view.flipped;
    // Below three flashes a second; who asked for less motion flips with X.
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      blinkTimer = setInterval(() => { view.flipped = !view.flipped; draw(); }, 600);
    }
  }
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === mode));
  }
  byId("slider-row").style.visibility = mode === "swipe" ? "visible" : "hidden";
  draw();
}

// The photographs, or the X-rays laid on them.
function setRays(rays) {
  const shown = rays === "xray" ? pictures.xray : pictures;
  view.rays = rays;
  byId("picture-reference").src = shown.reference.uri;
  byId("picture-sample").src = shown.sample.uri;
  for (const button of document.querySelectorAll("[data-rays]")) {
    button.setAttribute("aria-pressed", String(button.dataset.rays === rays));
  }
}

function flip() {
  const showsSample = view.mode === "sample" || (view.mode === "blink" && view.flipped);
  setMode(showsSample ? "reference" : "sample");
}

function setMarks(shown) {
  view.marks = shown;
  byId("toggle-marks").setAttribute("aria-pressed", String(shown));
  draw();
}

function choose(index, scrollToCard) {
  if (all.length === 0) return;
  chosen = (index + all.length) % all.length;
  cards.forEach((card, i) => card.classList.toggle("chosen", i === chosen));
  for (const mark of marks) mark.element.classList.toggle("chosen", mark.index === chosen);
  view.fitted = false;
  const finding = all[chosen];
  if (pictures.xray && !finding.seen_in.includes(view.rays)) setRays(finding.seen_in[0]);
  const [x, y, width, height] = finding.reference_box.map((value) => value * unit);
  const wanted = Math.min(stage.clientWidth / (5 * Math.max(width, 8)), stage.clientHeight / (5 * Math.max(height, 8)));
  view.zoom = Math.min(Math.max(wanted, fitZoom()), 6);
  view.x = stage.clientWidth / 2 - (x + width / 2) * view.zoom;
  view.y = stage.clientHeight / 2 - (y + height / 2) * view.zoom;
  draw();
  byId("spoken").textContent = finding.id + ": " + wordsFor(finding.kind) + ". " + finding.reason;
  const stacked = matchMedia("(max-width: 60rem)").matches;
  if (scrollToCard && !stacked) cards[chosen].scrollIntoView({ block: "nearest" });
  if (!scrollToCard && stacked) byId("viewer").scrollIntoView({ block: "start" });
}

// Polygons of what was not looked at, hatched so that the board stays visible, and the outlines of what was watched.
function drawRegions() {
  const svg = byId("regions");
  const piece = (tag, attributes) => {
    const element = document.createElementNS(svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  svg.setAttribute("viewBox", "0 0 " + report.reference.width + " " + report.reference.height);
  svg.setAttribute("preserveAspectRatio", "none");
  const step = Math.max(8, report.reference.width / 120);
  const hatch = piece("pattern", { id: "hatch", width: step, height: step, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(piece("rect", { width: step, height: step, fill: "rgb(0 0 0 / .45)" }), piece("rect", { width: step / 5, height: step, fill: "rgb(255 255 255 / .7)" }));
  const stripes = hatch.cloneNode(true);
  stripes.setAttribute("id", "stripes");
  stripes.removeAttribute("patternTransform");
  svg.append(hatch, stripes);
  const add = (region, look, words) => {
    const points = region.reference_polygon.map((point) => point.join(",")).join(" ");
    const polygon = piece("polygon", { points, class: look });
    const title = piece("title", {});
    title.textContent = words;
    polygon.append(title);
    svg.append(polygon);
  };
  const thin = piece("pattern", { id: "thin", width: step, height: step, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" });
  thin.append(piece("rect", { width: step / 8, height: step, fill: "rgb(255 255 255 / .6)" }));
  svg.append(thin);
  const { masks, not_inspected_regions: missed, watched, variations } = report.coverage;
  for (const region of missed) add(region, "region", "not inspected: " + region.why);
  for (const region of masks) add(region, "masked", purposeOf(region, "ignored on request"));
  for (const variation of variations) add(variation, "varied", variationWords(variation));
  for (const region of watched) add(region, "watched", purposeOf(region, "watched"));
}

function drawLegend() {
  const legend = byId("legend");
  const entry = (look, text) => {
    const item = make("span");
    item.append(make("i", look), text);
    legend.append(item);
  };
  for (const [group, words] of Object.entries(GROUPS)) {
    if (report.findings.some((finding) => groupOf(finding.kind) === group)) entry(group, words);
  }
  if (report.candidates.length > 0) entry("candidate", "weaker");
  if (report.coverage.not_inspected_regions.length > 0) entry("region", "not inspected");
  if (report.coverage.masks.length > 0) entry("masked", "ignored on request");
  if (report.coverage.variations.length > 0) entry("varied", "accepted variation");
  if (report.coverage.watched.length > 0) entry("watched", "watched: findings at a looser threshold");
}

function makeMarks() {
  const add = (finding, index, box, badge) => {
    const mark = make("div", "mark " + (isCandidate(index) ? "candidate" : groupOf(finding.kind)));
    if (badge) mark.append(badge);
    mark.title = finding.id + ": " + wordsFor(finding.kind);
    mark.addEventListener("click", () => { if (!dragged) choose(index, true); });
    marks.push({ element: mark, box, index });
    byId("marks").append(mark);
  };
  all.forEach((finding, index) => {
    add(finding, index, finding.reference_box, isCandidate(index) ? null : make("span", "badge " + groupOf(finding.kind), String(finding.id)));
    for (const place of finding.also_at) add(finding, index, place.reference_box, null);
  });
}

function showViewer() {
  byId("viewer").hidden = false;
  sheet.style.width = pictures.reference.width + "px";
  sheet.style.height = pictures.reference.height + "px";
  setRays("photo");
  for (const id of ["rays", "key-rays", "key-rays-words"]) byId(id).hidden = !pictures.xray;
  stage.setAttribute("aria-label", "The reference " + report.reference.file + " and the sample " + report.sample.file + " laid on it");
  makeMarks();
  drawRegions();
  drawLegend();
  listenToPointers();
  listenToKeys();
  listenToButtons();
  setMode("swipe");
  fit();
  new ResizeObserver(() => (view.fitted ? fit() : draw())).observe(stage);
}
