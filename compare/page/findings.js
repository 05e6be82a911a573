// The list of findings and candidates.

const all = [...report.findings, ...report.candidates];
const isCandidate = (index) => index >= report.findings.length;
const byFinding = (list) => new Map(list.map((crop) => [crop.id, crop]));
const crops = byFinding(pictures.crops);
const xrayCrops = byFinding(pictures.xray ? pictures.xray.crops : []);
const cards = [];
let chosen = -1;

function cropFigure(crop, which, faint, name, reads) {
  const figure = make("figure");
  const frame = make("div", "crop");
  const image = make("img");
  image.src = crop[which];
  image.width = crop.width;
  image.height = crop.height;
  image.alt = "The place in the " + name;
  const box = make("b", faint ? "faint" : "");
  ["left", "top", "width", "height"].forEach((side, i) => { box.style[side] = 100 * crop.box[i] + "%"; });
  frame.append(image, box);
  const caption = make("figcaption", "", name);
  if (reads) caption.append(" reads ", make("code", "", reads));
  figure.append(caption, frame);
  return figure;
}

// What shows it, where photographs and X-rays were compared.
function seenIn(finding) {
  if (finding.seen_in.length > 1) return "in photograph and X-ray";
  return finding.seen_in[0] === "xray" ? "in the X-ray alone" : "in the photograph alone";
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
  if (pictures.xray) meta.append(make("span", "", seenIn(finding)));
  if (finding.near) meta.append(make("span", "", finding.near));
  if (finding.watch) meta.append(make("span", "", finding.watch === "watched region" ? finding.watch : "watched: " + finding.watch));
  card.append(head, make("p", "why", finding.reason), meta);
  const crop = crops.get(finding.id);
  if (crop) {
    const pair = make("div", "crops");
    const marking = finding.marking || {};
    pair.append(cropFigure(crop, "reference", true, "reference", marking.reference), cropFigure(crop, "sample", false, "sample", marking.sample));
    card.append(pair);
  }
  const xrayCrop = xrayCrops.get(finding.id);
  if (xrayCrop) {
    const pair = make("div", "crops");
    pair.append(cropFigure(xrayCrop, "reference", true, "reference X-ray"), cropFigure(xrayCrop, "sample", false, "sample X-ray"));
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
