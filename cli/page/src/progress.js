// What is decided and what is left, of one board or of all.

const TYPICAL_OF_LAST = 20; // decisions
const LONGEST_S = 120; // a pause is no decision

// Places of a board that somebody has to decide about: its findings, or, where it could not be compared, the board.
const placesOf = (entry) => (entry.findings > 0 ? entry.findings : entry.outcome === "nothing_found" || entry.state === "waiting" ? 0 : 1);

export const isRefused = (entry) => entry.findings === 0 && placesOf(entry) > 0;

// Decided by as many as have to agree.
export const isSettled = (state, reviewers, signatures) =>
  state !== "undecided" && state !== "conflict" && reviewers.length >= signatures;

// Nothing left for this reviewer.
const isDoneBy = (place, queue) =>
  isSettled(place.state, place.reviewers, queue.signatures) || (place.state !== "conflict" && place.reviewers.includes(queue.reviewer));

export function countsOf(entry, queue) {
  const counts = { places: placesOf(entry), settled: 0, left: placesOf(entry), unexpected: 0, conflict: 0, suspected: false };
  for (const place of entry.decided) {
    // That something on it is not marked is no place to decide about.
    if (place.number === null && !isRefused(entry) && place.state === "unexpected") counts.suspected = true;
    if ((place.number === null) !== isRefused(entry)) continue;
    if (isSettled(place.state, place.reviewers, queue.signatures)) ++counts.settled;
    if (isDoneBy(place, queue)) --counts.left;
    if (place.state === "unexpected") ++counts.unexpected;
    if (place.state === "conflict") ++counts.conflict;
  }
  return counts;
}

export const isFlagged = (counts) => counts.unexpected > 0 || counts.suspected;

export const isLeft = (standing, queue) =>
  !isDoneBy({ state: standing.state, reviewers: standing.verdicts.map((one) => one.reviewer) }, queue);

// How long the rest will take, at the pace of the last decisions.
export class Pace {
  constructor() {
    this.times = [];
  }
  decided(now) {
    this.times.push(now);
    if (this.times.length > TYPICAL_OF_LAST + 1) this.times.shift();
  }
  // Seconds; null while nothing is known.
  secondsFor(places) {
    const steps = this.times.slice(1).map((time, i) => Math.min((time - this.times[i]) / 1000, LONGEST_S));
    if (steps.length < 3) return null;
    steps.sort((a, b) => a - b);
    return steps[Math.floor(steps.length / 2)] * places;
  }
}

export function progressWords(queue, pace) {
  let places = 0;
  let settled = 0;
  let left = 0;
  let conflicts = 0;
  for (const entry of queue.boards) {
    const counts = countsOf(entry, queue);
    places += counts.places;
    settled += counts.settled;
    left += counts.left;
    conflicts += counts.conflict;
  }
  let words = settled + " of " + places + " decided";
  if (conflicts > 0) words += ", " + conflicts + " in conflict";
  if (left === 0 && places > settled) words += "; the rest waits for others";
  const seconds = pace.secondsFor(left);
  if (left > 0 && seconds !== null) words += ", about " + (seconds < 90 ? Math.ceil(seconds) + " s" : Math.ceil(seconds / 60) + " min") + " left";
  return { words, share: places === 0 ? 1 : settled / places };
}
