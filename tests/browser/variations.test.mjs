import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Station, chosen, run, text, until } from "./station.mjs";

const boards = "boards/controller-50-photo-usual/";
let station;
let golden;

beforeEach(async () => {
  station = new Station();
  golden = join(station.folder, "golden.bdref");
  rmSync(station.caseFile);
  await run("enroll", boards + "reference.jpg", "--output", golden);
  await run("batch", golden, boards + "sample.jpg", "--case", station.caseFile, "--quiet");
});
afterEach(async () => {
  await station.end();
  assert.deepEqual(station.troubles, []);
});

// Looks at it again after that.
async function dismissFirst(page) {
  await page.keyboard.press("d");
  await page.keyboard.press("4");
  await until(() => chosen(page), (title) => title.startsWith("2: "));
  await page.keyboard.press("k");
}

test("a dismissed finding becomes a variation of the reference file, once it is confirmed", async () => {
  const page = await station.review();
  const keep = page.locator("#variation-keep");
  assert.equal(await keep.isVisible(), false, "nothing is dismissed yet");
  await dismissFirst(page);
  await until(() => keep.isVisible(), true, "the dismissed finding can be kept");
  await keep.click();
  await page.keyboard.press("Escape");
  assert.match((await run("feedback", "--reference", golden)).out, /holds no variation/);
  await keep.click();
  await station.look(page, "variation-ask");
  await page.click("#variation-yes");
  await until(() => text(page, "variation-words"), (words) => words.startsWith("This is variation 1 of golden.bdref now."));
  assert.equal(await keep.isVisible(), false);
  await station.look(page, "variation-kept");
  assert.match((await run("feedback", "--reference", golden)).out, /^1: .*approved alternate \(Ann, /);

  // The reference file is another one now; its pictures are shown all the same.
  await page.reload();
  await station.ready(page);
  assert.equal(await page.locator("#picture-note").isVisible(), false);
});

test("after the next batch the variation is seen on the board, and hatched", async () => {
  const page = await station.review();
  const before = await page.locator("#findings-list .line").count();
  await dismissFirst(page);
  await page.click("#variation-keep");
  await page.click("#variation-yes");
  await until(() => text(page, "variation-words"), (words) => words.startsWith("This is variation 1"));
  await page.close();
  await station.server.stop();
  const again = join(station.folder, "again.bdcase");
  await run("batch", golden, boards + "sample.jpg", "--case", again, "--quiet");
  station.caseFile = again;
  const second = await station.review();
  assert.ok((await second.locator("#findings-list .line").count()) < before);
  assert.match(await text(second, "legend"), /accepted variation/);
  await station.look(second, "variation-hatched");
});
