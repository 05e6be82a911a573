
"use strict";
(() => {
  const { report, pictures } = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const aligned = report.outcome !== "not_comparable";

  const KINDS = {
    extra_component: ["Extra component", "extra"],
    extra_wire: ["Extra wire", "extra"],
    missing_component: ["Missing component", "missing"],
    replaced_component: ["Replaced component", "exchanged"],
    moved_component: ["Moved or turned component", "exchanged"],
    changed_trace: ["Changed trace", "changed"],
    changed_interior: ["Changed interior", "changed"],
    changed_marking: ["Changed marking", "changed"],
    changed_surface: ["Changed surface", "changed"],
  };
  const GROUPS = {
    extra: "extra part or wire",
    missing: "missing part",
    exchanged: "replaced or moved part",
    changed: "other change",
  };
  const wordsFor = (kind) => (KINDS[kind] || [kind, "changed"])[0];
  const groupOf = (kind) => (KINDS[kind] || [kind, "changed"])[1];
  const percent = (share) => (share === null ? "unknown" : (share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 0) + " %");
  const number = (value, unit) => (value === null ? "unknown" : unit ? value + " " + unit : String(value));

  // All text goes through here, as text.
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function fillList(list, rows) {
    for (const [name, value, code] of rows) {
      const cell = make("dd", "", code ? undefined : value);
      if (code) cell.append(make("code", "", value));
      list.append(make("dt", "", name), cell);
    }
  }

  // ---- outcome and facts ----
  function showOutcome() {
    const count = report.findings.length;
    const titles = {
      needs_review: count + (count === 1 ? " finding to review" : " findings to review"),
      nothing_found: "Nothing above the threshold was seen",
      not_comparable: "The pictures could not be compared",
    };
    byId("outcome").classList.add(report.outcome);
    byId("outcome-sign").textContent = { needs_review: "!", nothing_found: "0", not_comparable: "?" }[report.outcome];
    byId("outcome-title").textContent = titles[report.outcome] || report.outcome;
    byId("outcome-reason").textContent = report.reason;
    const coverage = report.coverage;
    const missed = (coverage.masked || 0) + (coverage.not_inspected || 0);
    byId("outcome-limits").textContent = aligned
      ? percent(coverage.inspected) + " of the reference was inspected" +
        (missed > 0 ? ", " + percent(missed) + " was not: changes there remain unseen." : ".")
      : "Nothing was inspected. This says nothing about the sample.";
    document.title = (titles[report.outcome] || report.outcome) + " \u2013 " + report.sample.file + " \u2013 boarddiff";
    byId("modality").textContent = report.modality === "xray" ? "X-ray inspection report" : "inspection report";
    byId("names").append("reference ", make("b", "", report.reference.file), " \u2013 sample ", make("b", "", report.sample.file));
  }

  function qualityWords(registration) {
    const p95 = registration.residual_px.p95;
    const median = number(registration.residual_px.median, "px");
    if (p95 === null) return "The fit has no figures.";
    const words = p95 <= 1 ? "Very good" : p95 <= 2 ? "Good" : p95 <= 4 ? "Usable" : "Poor";
    const advice = p95 <= 2 ? "" : p95 <= 4 ? " Small parts may seem displaced." : " Look at the edges of parts with care.";
    return words + ": half of the matched places agree within " + median + ", 95 % within " + p95 + " px." + advice;
  }

  function showRegistration() {
    const registration = report.registration;
    if (registration.status !== "aligned") {
      byId("registration-words").textContent = registration.reason || "The pictures were not aligned.";
      return;
    }
    byId("registration-words").textContent = qualityWords(registration);
    fillList(byId("registration-numbers"), [
      ["matching points", String(registration.inliers)],
      ["overlap", percent(registration.overlap) + " of the reference"],
      ["rotation", number(registration.rotation_deg, "\u00b0")],
      ["scale", number(registration.scale, "sample px per reference px")],
      ["tilt", number(registration.tilt_deg, "\u00b0")],
      ["mirrored", registration.mirrored ? "yes" : "no"],
    ]);
  }

  function showCoverage() {
    const shares = [["inspected", "inspected"], ["masked", "masked"], ["not_inspected", "not inspected"]];
    const bar = byId("coverage-bar");
    for (const [field] of shares) {
      const part = make("span", field);
      part.style.width = 100 * (report.coverage[field] || 0) + "%";
      bar.append(part);
    }
    const rows = shares.map(([field, name]) => [name, percent(report.coverage[field])]);
    bar.setAttribute("aria-label", rows.map(([name, value]) => name + " " + value).join(", "));
    fillList(byId("coverage-numbers"), rows);
    const reasons = [...report.coverage.masks, ...report.coverage.not_inspected_regions].map((region) => region.why);
    if (reasons.length === 0) return;
    const list = make("ul");
    for (const reason of new Set(reasons)) {
      const times = reasons.filter((other) => other === reason).length;
      list.append(make("li", "", reason + (times > 1 ? " (" + times + " areas)" : "")));
    }
    byId("regions-text").append(make("h3", "", "Not inspected, and why"), list);
  }

  function showFiles() {
    for (const role of ["reference", "sample"]) {
      const file = report[role];
      const list = make("dl");
      fillList(list, [
        ["SHA-256", file.sha256, true],
        ["picture", file.width + " \u00d7 " + file.height + " px, " + file.format.toUpperCase() + ", " + file.bits + " bits"],
        ["resolution", file.pixels_per_mm === null ? "unknown" : file.pixels_per_mm + " px/mm"],
      ]);
      if (file.exif_orientation !== 1) fillList(list, [["orientation", "EXIF " + file.exif_orientation + ", applied"]]);
      if (file.accepted_damage) fillList(list, [["damage", "parts of the file were damaged; accepted on request"]]);
      byId("files").append(make("h3", "", (role === "reference" ? "Reference: " : "Sample: ") + file.file), list);
    }
    for (const note of report.notes) byId("notes").append(make("li", "", note));
    byId("notes-section").hidden = report.notes.length === 0;
    fillList(byId("options"), Object.entries(report.options));
    if (Object.keys(report.options).length === 0) byId("options").append(make("dd", "", "defaults"));
    byId("tool").textContent = report.tool.name + " " + report.tool.version + ", " + report.schema;
  }

  // ---- list of findings ----
  const all = [...report.findings, ...report.candidates];
  const isCandidate = (index) => index >= report.findings.length;
  const crops = new Map(pictures.crops.map((crop) => [crop.id, crop]));
  const cards = [];
  let chosen = -1;

  function cropFigure(crop, which, faint) {
    const figure = make("figure");
    const frame = make("div", "crop");
    const image = make("img");
    image.src = crop[which];
    image.width = crop.width;
    image.height = crop.height;
    image.alt = "The place in the " + which;
    const box = make("b", faint ? "faint" : "");
    ["left", "top", "width", "height"].forEach((side, i) => { box.style[side] = 100 * crop.box[i] + "%"; });
    frame.append(image, box);
    figure.append(make("figcaption", "", which), frame);
    return figure;
  }

  function makeCard(finding, index) {
    const card = make("li", "card");
    const head = make("button", "head");
    head.type = "button";
    const look = isCandidate(index) ? "candidate" : groupOf(finding.kind);
    head.append(make("span", "badge " + look, String(finding.id)), make("span", "", wordsFor(finding.kind)), make("span", "go", "show"));
    head.setAttribute("aria-label", "Show " + finding.id + ", " + wordsFor(finding.kind) + ", in the picture");
    head.addEventListener("click", () => choose(index, false));
    const meta = make("div", "meta");
    const [x, y, width, height] = finding.reference_box;
    meta.append(make("span", "", "score " + (finding.score === null ? "unknown" : finding.score.toFixed(2))));
    meta.append(make("span", "", "at " + Math.round(x + width / 2) + ", " + Math.round(y + height / 2) + " px"));
    const millimetres = finding.board_box_mm;
    meta.append(make("span", "", millimetres
      ? millimetres[2].toFixed(1) + " \u00d7 " + millimetres[3].toFixed(1) + " mm"
      : Math.round(width) + " \u00d7 " + Math.round(height) + " px"));
    if (finding.near) meta.append(make("span", "", "near " + finding.near));
    card.append(head, make("p", "why", finding.reason), meta);
    const crop = crops.get(finding.id);
    if (crop) {
      const pair = make("div", "crops");
      pair.append(cropFigure(crop, "reference", true), cropFigure(crop, "sample", false));
      card.append(pair);
    }
    return card;
  }

  function showFindings() {
    const count = report.findings.length;
    byId("findings").hidden = false;
    byId("findings-title").textContent = count === 0 ? "Findings" : "Findings, best first";
    byId("findings-none").hidden = count > 0;
    byId("findings-none").textContent = "Nothing above the threshold was seen in what was inspected. Read below what was not inspected.";
    byId("candidates").hidden = report.candidates.length === 0;
    byId("candidates-title").textContent = "Weaker: " + report.candidates.length;
    all.forEach((finding, index) => {
      const card = makeCard(finding, index);
      cards.push(card);
      byId(isCandidate(index) ? "candidates-list" : "findings-list").append(card);
    });
  }

  // ---- viewer: sheet pixels are those of the embedded pictures, `unit` of them per reference pixel ----
  const stage = byId("stage");
  const sheet = byId("sheet");
  const unit = pictures.reference.width / report.reference.width;
  const view = { x: 0, y: 0, zoom: 1, mode: "swipe", before: "swipe", split: 0.5, flipped: false, marks: true, fitted: true };
  const markElements = [];
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
    all.forEach((finding, index) => drawMark(markElements[index], finding.reference_box));
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
    markElements.forEach((mark, i) => mark.classList.toggle("chosen", i === chosen));
    view.fitted = false;
    const finding = all[chosen];
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

  // Polygons of what was not looked at, hatched so that the board stays visible.
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
    svg.append(hatch);
    for (const region of [...report.coverage.masks, ...report.coverage.not_inspected_regions]) {
      const polygon = piece("polygon", { points: region.reference_polygon.map((point) => point.join(",")).join(" ") });
      const title = piece("title", {});
      title.textContent = region.why;
      polygon.append(title);
      svg.append(polygon);
    }
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
    if (report.coverage.masks.length + report.coverage.not_inspected_regions.length > 0) entry("region", "not inspected");
  }

  function makeMarks() {
    all.forEach((finding, index) => {
      const mark = make("div", "mark " + (isCandidate(index) ? "candidate" : groupOf(finding.kind)));
      if (!isCandidate(index)) mark.append(make("span", "badge " + groupOf(finding.kind), String(finding.id)));
      mark.title = finding.id + ": " + wordsFor(finding.kind);
      mark.addEventListener("click", () => { if (!dragged) choose(index, true); });
      markElements.push(mark);
      byId("marks").append(mark);
    });
  }

  // ---- pointers: one drags, two pinch; on the divider one swipes ----
  const pointers = new Map();
  let dragged = false;

  function listenToPointers() {
    const place = (event) => {
      const box = stage.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const divider = byId("divider");
    divider.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      divider.setPointerCapture(event.pointerId);
    });
    divider.addEventListener("pointermove", (event) => {
      if (!divider.hasPointerCapture(event.pointerId)) return;
      view.split = Math.min(Math.max(place(event).x / stage.clientWidth, 0), 1);
      draw();
    });
    stage.addEventListener("pointerdown", (event) => {
      pointers.set(event.pointerId, place(event));
      dragged = false;
    });
    stage.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const others = [...pointers.entries()].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      if (others.length === 0 && !dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
      if (!dragged) stage.setPointerCapture(event.pointerId);
      dragged = true;
      stage.classList.add("moving");
      pointers.set(event.pointerId, now);
      if (others.length === 0) {
        view.fitted = false;
        view.x += now.x - before.x;
        view.y += now.y - before.y;
        draw();
      } else {
        const other = others[0];
        const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
        zoomAt(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      }
    });
    for (const name of ["pointerup", "pointercancel"]) {
      stage.addEventListener(name, (event) => {
        pointers.delete(event.pointerId);
        stage.classList.remove("moving");
      });
    }
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const at = place(event);
      zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), at.x, at.y);
    }, { passive: false });
  }

  function listenToKeys() {
    const keys = {
      j: () => choose(chosen + 1, true),
      k: () => choose(chosen < 0 ? -1 : chosen - 1, true),
      b: () => setMode("blink"),
      s: () => setMode("swipe"),
      x: flip,
      m: () => setMarks(!view.marks),
      "+": () => zoomMiddle(1.4),
      "=": () => zoomMiddle(1.4),
      "-": () => zoomMiddle(1 / 1.4),
      0: fit,
      "?": () => { byId("help").open = !byId("help").open; },
    };
    const arrows = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = arrows[event.key];
      if (arrow && document.activeElement === stage) {
        view.x += arrow[0];
        view.y += arrow[1];
        draw();
        event.preventDefault();
        return;
      }
      const action = keys[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  function listenToButtons() {
    for (const button of document.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => setMode(button.dataset.view));
    }
    byId("slider").addEventListener("input", (event) => { view.split = event.target.value / 1000; draw(); });
    byId("toggle-marks").addEventListener("click", () => setMarks(!view.marks));
    byId("zoom-in").addEventListener("click", () => zoomMiddle(1.4));
    byId("zoom-out").addEventListener("click", () => zoomMiddle(1 / 1.4));
    byId("zoom-fit").addEventListener("click", fit);
    byId("step-on").addEventListener("click", () => choose(chosen + 1, true));
    byId("step-back").addEventListener("click", () => choose(chosen < 0 ? -1 : chosen - 1, true));
  }

  function showViewer() {
    byId("viewer").hidden = false;
    sheet.style.width = pictures.reference.width + "px";
    sheet.style.height = pictures.reference.height + "px";
    byId("picture-reference").src = pictures.reference.uri;
    byId("picture-sample").src = pictures.sample.uri;
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

  function showPair() {
    byId("pair").hidden = false;
    byId("main").classList.add("wide");
    for (const role of ["reference", "sample"]) {
      byId("pair-" + role).src = pictures[role].uri;
      byId("pair-" + role + "-name").textContent = role + ": " + report[role].file;
    }
  }

  showOutcome();
  showRegistration();
  showCoverage();
  showFiles();
  if (aligned) {
    showFindings();
    showViewer();
  } else {
    showPair();
  }
})();
