// The outcome, and below the pictures the figures, files and options.

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
    : report.registration.status === "aligned"
      ? "What was inspected is not enough for an outcome."
      : "Nothing was inspected. This says nothing about the sample.";
  const known = namedBy(report.sample);
  document.title = (titles[report.outcome] || report.outcome) + " \u2013 " + report.sample.file + known + " \u2013 boarddiff";
  byId("modality").textContent = report.modality === "xray" ? "X-ray inspection report"
    : report.xray ? "inspection report on photographs and X-rays" : "inspection report";
  byId("names").append("reference ", make("b", "", report.reference.file), " \u2013 sample ", make("b", "", report.sample.file), known);
}

// The first code that a picture shows is as good as a name: " (SNQX0417733)", or nothing.
function namedBy(picture) {
  return picture.codes.length > 0 ? " (" + picture.codes[0].text + ")" : "";
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

function showReasons(title, reasons) {
  if (reasons.length === 0) return;
  const list = make("ul");
  for (const reason of new Set(reasons)) {
    const times = reasons.filter((other) => other === reason).length;
    list.append(make("li", "", reason + (times > 1 ? " (" + times + " areas)" : "")));
  }
  byId("regions-text").append(make("h3", "", title), list);
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
  showReasons("Not inspected, and why", report.coverage.not_inspected_regions.map((region) => region.why));
  showReasons("Ignored on request", report.coverage.masks.map((region) => purposeOf(region, "no reason given")));
  showReasons("Accepted variations, on " + percent(report.coverage.varied) + " of the board: inspected, and compared with these looks as well",
    report.coverage.variations.map((variation) => variationWords(variation)));
  showReasons("Watched: findings at a looser threshold", report.coverage.watched.map((region) => purposeOf(region, "no reason given")));
}

// Which of the design's parts the sample shows.
function showDesign() {
  const design = report.design;
  byId("design-section").hidden = !design;
  if (!design) return;
  const list = byId("design-numbers");
  fillList(list, [["file", design.file + (design.side === "bottom" ? ", bottom; directions are as seen from the top" : ", top")]]);
  fillList(list, [["SHA-256", design.sha256, true]]);
  if (!design.fits) {
    byId("design-words").textContent = "It does not fit the reference: " + design.reason + ".";
    return;
  }
  byId("design-words").textContent = "The reference shows " + design.matched + " of " + design.expected +
    " parts, half of them within " + number(design.median_mm, "mm") + " of their place." +
    (design.sample ? " Small parts are missed at times, and letters taken for parts: hints where to look." : "");
  if (!design.sample) return;
  const names = (some) => (some.length > 0 ? some.length + ": " + some.join(", ") : "none");
  fillList(list, [
    ["seen in the sample", String(design.sample.seen)],
    ["missing", names(design.sample.missing)],
    ["unclear", names(design.sample.unclear)],
    ["seen in neither picture", names(design.sample.unseen_in_both)],
    ["on pads that are to stay empty", names(design.sample.on_empty_pads)],
    ["not in the design", design.sample.not_in_design + ", in the sample alone " + design.sample.in_sample_alone],
  ]);
}

const sizeText = (size, unit) => size.map((side) => Number(side.toFixed(unit === "mm" ? 2 : 0))).join(" \u00d7 ") + " " + unit;

const LOOKS = {
  dark: "dark parts", grey: "grey parts", board: "parts of the board\u2019s colour",
  silicon: "silicon alone", thin_frame: "silicon on a thin frame", frame: "silicon on a frame",
};

function sensitivityWords(sensitivity) {
  const certain = Object.entries(sensitivity.smallest_by_look).filter(([, size]) => size)
    .map(([look, size]) => LOOKS[look] + " from " + sizeText(size, sensitivity.unit) + " on");
  return sensitivity.smallest
    ? "Virtual parts of " + sizeText(sensitivity.smallest, sensitivity.unit) + " and larger were found in 95 % of the places tried on the board itself. That holds for " +
      percent(sensitivity.share_of_board) + " of the board; smaller parts, and parts on top of others, may be missed."
    : "No size of virtual parts was found in 95 % of the places tried on the board itself: \u201cnothing found\u201d says little here." +
      (certain.length > 0 ? " What was found in 95 % of the places: " + certain.join("; ") + "." : "");
}

// How many virtual parts of each size were found, in all and by the colour of their bodies.
function showSensitivity() {
  const sensitivity = report.sensitivity;
  byId("sensitivity-section").hidden = !sensitivity;
  if (!sensitivity) return;
  byId("sensitivity-words").textContent = sensitivityWords(sensitivity);
  const table = byId("sensitivity-table");
  const row = (cells, tag) => {
    const line = make("tr");
    for (const cell of cells) line.append(make(tag, "", cell));
    table.append(line);
  };
  const countText = (count) => (count.planted > 0 ? count.found + "/" + count.planted : "\u2013");
  const looks = report.modality === "xray"
    ? { silicon: "silicon", thin_frame: "thin frame", frame: "frame" }
    : { dark: "dark", grey: "grey", board: "like ground" };
  row(["size", "found", ...Object.values(looks), report.modality === "xray" ? "on what absorbs" : "on parts"], "th");
  for (const size of sensitivity.sizes) {
    row([sizeText(size.size, sensitivity.unit), countText(size), ...Object.keys(looks).map((look) => countText(size[look])), countText(size.on_parts)], "td");
  }
}

// Of X-rays that were compared besides the photographs.
function showXrays() {
  const xray = report.xray;
  byId("xray-section").hidden = !xray;
  if (!xray) return;
  byId("xray-laid").textContent = xray.laid.status === "aligned"
    ? "The X-ray of the reference lies on its photograph: " + xray.laid.agreeing + " of " + xray.laid.places +
      " places show the same edges there."
    : "The X-ray of the reference could not be laid on its photograph: " + xray.laid.reason + ".";
  if (xray.outcome === "not_comparable") {
    byId("xray-registration").textContent = "They could not be compared: " + xray.reason + ".";
    return;
  }
  byId("xray-registration").textContent = "One on the other. " + qualityWords(xray.registration);
  byId("xray-coverage").textContent = percent(xray.coverage.inspected) + " of the board was inspected.";
  byId("xray-sensitivity").textContent = xray.sensitivity ? sensitivityWords(xray.sensitivity) : "";
}

function showFiles() {
  const files = [["Reference: ", report.reference], ["Sample: ", report.sample]];
  if (report.xray) files.push(["X-ray of the reference: ", report.xray.reference], ["X-ray of the sample: ", report.xray.sample]);
  for (const [role, file] of files) {
    const list = make("dl");
    fillList(list, [
      ["SHA-256", file.sha256, true],
      ["picture", file.width + " \u00d7 " + file.height + " px, " + file.format.toUpperCase() + ", " + file.bits + " bits"],
      ["resolution", file.pixels_per_mm === null ? "unknown" :
        Number(file.pixels_per_mm.toFixed(3)) + " px/mm (" + file.pixels_per_mm_origin + ")"],
    ]);
    fillList(list, file.codes.map((code) => ["code, " + code.format, code.text, true]));
    if (file.boards) {
      if (file.name) fillList(list, [["known as", file.name]]);
      if (file.note) fillList(list, [["note", file.note]]);
      fillList(list, file.boards.map((board, i) => [
        "known-good board " + (i + 1), board.file + (board.compared ? "" : " (not compared)")]));
    }
    if (file.exif_orientation !== 1) fillList(list, [["orientation", "EXIF " + file.exif_orientation + ", applied"]]);
    if (file.accepted_damage) fillList(list, [["damage", "parts of the file were damaged; accepted on request"]]);
    byId("files").append(make("h3", "", role + file.file), list);
  }
  for (const note of report.notes) byId("notes").append(make("li", "", note));
  byId("notes-section").hidden = report.notes.length === 0;
  fillList(byId("options"), Object.entries(report.options));
  if (Object.keys(report.options).length === 0) byId("options").append(make("dd", "", "defaults"));
  byId("tool").textContent = report.tool.name + " " + report.tool.version + ", " + report.schema;
}
