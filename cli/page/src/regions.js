// Regions of the reference: which there are, and how much of the board is ignored.

import { byId } from "./dom.js";

const MUCH = 0.05; // of the board; what is ignored is where nobody looks

const boundsOf = (polygon) => {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

export function areaOf(polygon) {
  let twice = 0;
  polygon.forEach(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

// A report has its polygons to within a pixel, and may begin at another corner.
function isSame(one, other) {
  const near = boundsOf(other.polygon);
  const area = areaOf(one.polygon);
  return one.look === other.look && boundsOf(one.polygon).every((value, i) => Math.abs(value - near[i]) < 1.5) &&
    Math.abs(area - areaOf(other.polygon)) <= 0.02 * area + 4;
}

const lookOf = { ignore: "hatched", watch: "watched" };

// {polygon, look} of what held when the board was inspected, and of what was drawn since: `isNew`.
export function regionsOf(board) {
  const { masks = [], not_inspected_regions: missed = [], watched = [], variations = [] } = (board.report && board.report.coverage) || {};
  const as = (look) => (region) => ({ polygon: region.reference_polygon, look });
  const isRegion = (region) => Array.isArray(region.polygon) && region.polygon.length > 0;
  const known = [...masks.map(as("hatched")), ...watched.map(as("watched"))].filter(isRegion);
  const kept = ((board.regions && board.regions.regions) || [])
    .map((region) => ({ polygon: region.reference_polygon, look: lookOf[region.purpose], isNew: true }))
    .filter((region) => isRegion(region) && !known.some((one) => isSame(one, region)));
  return [...known, ...missed.map(as("hatched")).filter(isRegion), ...variations.map(as("varied")).filter(isRegion), ...kept];
}

const percent = (share) => (share < 0.001 ? "less than 0.1" : (100 * share).toFixed(1)) + " %";

// How much is ignored, with a warning where that is much.
export function showIgnored(board) {
  const masked = (board.report && board.report.coverage && board.report.coverage.masked) || 0;
  const reference = board.report && board.report.reference;
  const isDrawn = (region) => region.isNew && region.look === "hatched";
  const drawn = reference ? regionsOf(board).filter(isDrawn).reduce((sum, { polygon }) => sum + areaOf(polygon), 0) / (reference.width * reference.height) : 0;
  const words = [];
  if (masked > 0) words.push("ignored: " + percent(masked) + " of the board");
  if (drawn > 0) words.push("from the next batch on ignored: " + percent(drawn) + " of the picture more");
  const isMuch = masked + drawn > MUCH;
  byId("ignored").hidden = words.length === 0;
  byId("ignored").className = isMuch ? "conflict" : "muted";
  byId("ignored").textContent = (isMuch ? "Much is not looked at: " : "") + words.join("; ");
}
