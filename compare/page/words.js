"use strict";
// The data, and what all parts of the page share. The files become one script, in the order of embed.cmake.
const { report, pictures } = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const aligned = report.outcome !== "not_comparable";

const wordsFor = (kind) => (KINDS[kind] || [kind, "changed"])[0];
const groupOf = (kind) => (KINDS[kind] || [kind, "changed"])[1];
const percent = (share) => (share === null ? "unknown" : (share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 0) + " %");
// What a region that was marked beforehand is for, and who says so.
const purposeOf = (region, otherwise) => (region.why || otherwise) + (region.who ? " (" + region.who + ")" : "");
// Another look of a place that a person accepted.
const variationWords = (variation) => (variation.seen ? "seen here: " : "not seen here: ") + purposeOf(variation, "accepted") +
  (variation.when ? ", " + variation.when.slice(0, 10) : "");
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
