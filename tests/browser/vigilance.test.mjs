import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Station, text, until } from "./station.mjs";

let station;
beforeEach(() => { station = new Station("watched.bdcase"); });
afterEach(async () => {
  await station.end();
  assert.deepEqual(station.troubles, []);
});

const vigilant = { flags: ["--reviewer", "Ann", "--vigilance", "1"] };
const told = (page) => page.locator("#told").textContent();
// How many findings the case knows of each board.
const known = async () => (await station.boards()).map((board) => board.findings.filter((one) => one.above_threshold && !one.advisory).length);

// What the server answers to a decision by `keys`, which the page does not take while a board is being opened.
async function answered(page, keys) {
  for (let i = 0; i < 20; ++i) {
    const response = page.waitForResponse((one) => one.url().endsWith("/api/decide"), { timeout: 1500 }).catch(() => null);
    for (const key of keys) await page.keyboard.press(key);
    if (await response) return (await response).json();
  }
  throw new Error("the page decides about nothing");
}

// Decides with `keys` about one finding after the other until one was a virtual part; what is told then.
async function decideUntilTold(page, keys) {
  for (let i = 0; i < 100; ++i) {
    const { told: words } = await answered(page, keys);
    await until(() => told(page), words || "");
    if (words) return words;
  }
  throw new Error("no virtual part was shown");
}

test("a virtual part is told once it is decided about, and goes from list, picture and count", async () => {
  const page = await station.review(vigilant);
  const boards = await known();
  const found = boards.reduce((sum, count) => sum + count, 0);
  const places = async () => Number((await text(page, "progress-words")).match(/\d+ of (\d+)/)[1]);
  assert.equal(await places(), found + boards.length, "each board has one finding more");
  assert.equal(await page.locator("#told").isVisible(), false);
  const words = await decideUntilTold(page, ["a"]);
  assert.match(words, /^That was a virtual part of [\d.]+ x [\d.]+ (mm|px), painted into the picture. You marked it as unexpected/);
  assert.equal(await page.locator("#told").getAttribute("role"), "alert");
  assert.ok(await page.locator("#told").isVisible());
  await until(places, found + boards.length - 1, "the count is without it");
  await station.look(page, "vigilance-told");
  assert.deepEqual(await known(), boards, "it is no finding of the case");
  await page.keyboard.press("v");
  assert.match(await text(page, "vigilance-lines"), /^1 of 1 virtual parts of [^]*too few/);
  await station.look(page, "vigilance-rates");
  await page.keyboard.press("Escape");
  // On with the next: another part, another answer.
  assert.match(await decideUntilTold(page, ["d", "3"]), /You dismissed it: it should have been marked/);
  await page.locator("#vigilance-button").click();
  assert.match(await text(page, "vigilance-lines"), /0 of 1|1 of 2/);
});

test("all that is decided beside virtual parts is in the case, and nothing else is", async () => {
  const page = await station.review(vigilant);
  await decideUntilTold(page, ["u"]);
  const states = async () => (await station.boards()).flatMap((board) => board.findings).map((one) => one.decision.state);
  const before = (await states()).filter((state) => state !== "undecided").length;
  await page.keyboard.press("z");
  await until(() => told(page), (words) => words.startsWith("What was decided about a virtual part stays"));
  assert.equal((await states()).filter((state) => state !== "undecided").length, before);
});

test("the server says at its end what was found, and without --vigilance nothing is shown", async () => {
  const page = await station.review(vigilant);
  await decideUntilTold(page, ["a"]);
  const said = await station.server.stopSaying();
  assert.match(said, /Marked as unexpected by Ann, in all reviews of this case:\n {2}1 of 1 virtual parts of/);
  const other = new Station("watched.bdcase");
  try {
    const plain = await other.review();
    assert.equal(await plain.locator("#vigilance-button").isVisible(), false);
    await plain.keyboard.press("v");
    assert.equal(await plain.locator("#vigilance").isVisible(), false);
  } finally {
    await other.end();
  }
  // The page complains that its server is gone.
  station.troubles = station.troubles.filter((trouble) => !/ERR_CONNECTION_REFUSED|failed to load/i.test(trouble));
});
