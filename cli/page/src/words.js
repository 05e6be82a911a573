import { KINDS, GROUPS } from "kinds";

export { GROUPS };
export const wordsFor = (kind) => (KINDS[kind] || [kind, "changed"])[0];
export const groupOf = (kind) => (KINDS[kind] || [kind, "changed"])[1];

export const REASONS = {
  label: "a label or sticker",
  lot_code: "a lot or date code",
  dirt: "dirt, dust or flux",
  alternate: "an approved alternate part",
  picture_fault: "a fault of the picture",
  other: "something else",
};

export const STATES = {
  undecided: "undecided",
  unexpected: "unexpected",
  dismissed: "dismissed",
  unsure: "unsure",
  conflict: "conflict",
};

export const counted = (number, one, many) => number + " " + (number === 1 ? one : many || one + "s");

// "dismissed: dirt, dust or flux"
export function verdictWords(verdict) {
  return verdict.verdict === "dismissed" ? "dismissed: " + (REASONS[verdict.reason] || verdict.reason) : STATES[verdict.verdict] || verdict.verdict;
}
