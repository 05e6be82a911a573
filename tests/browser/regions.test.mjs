// Regions of the reference, drawn and withdrawn.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Station, boardName, run, text, until } from "./station.mjs";

const golden = join(process.env.BOARDDIFF_CASE_FOLDER, "handheld.bdref");
const before = readFileSync(golden);

let station;
beforeEach(() => { station = new Station(); });
afterEach(async () => {
  await station.end();
  writeFileSync(golden, before);
  assert.deepEqual(station.troubles, []);
});

async function open(serial) {
  const page = await station.review();
  await page.locator("#queue-list .line", { hasText: serial }).click();
  await until(() => boardName(page), (name) => name.startsWith(serial));
  await page.waitForTimeout(500);
  return page;
}
const drawing = (page) => page.locator("#draw").isVisible();
const listed = (page) => page.locator("#regions-list li").allInnerTexts();
const isGolden = () => readFileSync(golden).equals(before);

async function save(page, why) {
  await until(() => page.locator("#region").isVisible(), true);
  await page.keyboard.type(why);
  await page.keyboard.press("Enter");
  await until(() => page.locator("#regions").isVisible(), true, "the list is shown again");
}

test("a region is drawn around a finding by keys, shown, and withdrawn", async () => {
  const page = await open("SN-3");
  const decided = await text(page, "progress-words");
  await page.keyboard.press("r");
  await until(() => text(page, "regions-words"), (words) => words.includes("handheld.bdref has no regions"));
  await page.keyboard.press("Enter");
  assert.ok(await drawing(page));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  // Nothing is decided meanwhile.
  await page.keyboard.press("a");
  await station.look(page, "region-drawing");
  await page.keyboard.press("Enter");
  await until(() => text(page, "region-size"), (words) => words.includes("4 corners"));
  await station.look(page, "region-form");
  await save(page, "a lot label");
  assert.match((await listed(page)).join(), /ignored: a lot label \(Ann, \d{4}-\d\d-\d\d\)/);
  assert.match(await text(page, "regions-words"), /^Saved. The next boarddiff batch inspects these boards again/);
  assert.ok(!isGolden());
  await station.look(page, "regions");
  await page.keyboard.press("Escape");
  assert.equal(await drawing(page), false);
  assert.match(await text(page, "ignored"), /from the next batch on ignored: .* of the picture more/);
  assert.match(await text(page, "legend"), /ignored/);
  assert.equal(await text(page, "progress-words"), decided);

  // Both pictures are shown in full still, also when the page is opened anew.
  await page.reload();
  await station.ready(page);
  await page.locator("#queue-list .line", { hasText: "SN-3" }).click();
  await until(() => boardName(page), (name) => name.startsWith("SN-3"));
  assert.equal(await page.locator("#picture-note").isVisible(), false);
  await until(() => page.locator("#ignored").isVisible(), true, "what was drawn is known");
  await page.keyboard.press("r");
  await until(() => listed(page), (lines) => lines.length === 1);
  await page.locator("#regions-list button").click();
  await until(() => listed(page), (lines) => lines.length === 0);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#ignored").isVisible(), false);
});

test("rectangles and polygons are drawn by mouse, and hold from the next batch on", async () => {
  const page = await open("SN-3");
  await page.keyboard.press("0");
  await page.waitForTimeout(500);
  const stage = await page.locator("#stage-first").boundingBox();
  const at = (x, y) => [stage.x + x * stage.width, stage.y + y * stage.height];
  await page.locator("#regions-button").click();
  await page.locator("#regions-draw").click();
  await page.mouse.move(...at(0.4, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.5), { steps: 4 });
  await page.mouse.move(...at(0.55, 0.55), { steps: 4 });
  await page.mouse.up();
  await page.locator("#draw-done").click();
  await page.locator("#region input[value=watch]").check();
  await page.locator("#region-why").fill("the debug port");
  await page.locator("#region-save").click();
  await until(() => listed(page), (lines) => lines.length === 1);

  await page.locator("#regions-draw").click();
  for (const corner of [[0.45, 0.3], [0.6, 0.35], [0.5, 0.6]]) {
    await page.mouse.click(...at(...corner));
    await page.waitForTimeout(400);
  }
  await page.mouse.click(...at(0.45, 0.3));
  await until(() => text(page, "region-size"), (words) => words.includes("3 corners"));
  await page.locator("#region input[value=ignore]").check();
  await page.locator("#region-why").fill("a shield");
  await page.locator("#region-save").click();
  await until(() => listed(page), (lines) => lines.length === 2);
  await page.keyboard.press("Escape");
  await station.look(page, "regions-drawn");
  assert.match(await text(page, "ignored"), /^from the next batch on ignored: [\d.]+ % of the picture more$/);

  // What is much is warned of.
  await page.keyboard.press("r");
  await page.locator("#regions-draw").click();
  await page.mouse.move(...at(0.25, 0.25));
  await page.mouse.down();
  await page.mouse.move(...at(0.4, 0.4), { steps: 4 });
  await page.mouse.move(...at(0.5, 0.5), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press("Enter");
  await save(page, "too much");
  await page.keyboard.press("Escape");
  assert.match(await text(page, "ignored"), /^Much is not looked at: from the next batch on/);
  await page.close();
  await station.server.stop();

  const { status } = await run("batch", golden, "boards/handheld-52-photo-usual/sample.jpg", "--case", station.caseFile, "--quiet");
  assert.ok(status === 0 || status === 1);
  const { out } = await run("report", station.caseFile, "--format", "geojson", "--all");
  assert.ok(JSON.parse(out).features.length > 0);
  const again = await station.review();
  await again.locator("#queue-list .line", { hasText: "sample.jpg" }).last().click();
  await until(() => boardName(again), (name) => name.startsWith("sample.jpg"));
  await until(() => text(again, "ignored"), (words) => /^Much is not looked at: ignored: [\d.]+ % of the board$/.test(words), "the board was inspected with it, and nothing is drawn twice");
});

test("drawing is left with Escape, and nothing is saved", async () => {
  const page = await open("SN-3");
  await page.keyboard.press("r");
  await page.locator("#regions-draw").click();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.ok(await drawing(page), "back at the picture");
  await page.keyboard.press("Escape");
  assert.equal(await drawing(page), false);
  assert.ok(isGolden());
  // The next board ends it as well.
  await page.keyboard.press("r");
  await page.locator("#regions-draw").click();
  await page.locator("#queue-list .line", { hasText: "SN-1" }).click();
  await until(() => drawing(page), false);
});

test("where the reference is a picture, the page says what to do", async () => {
  const page = await open("SN-1");
  await page.keyboard.press("r");
  await until(() => text(page, "regions-words"), (words) => words.includes("boarddiff enroll reference.jpg --output reference.bdref"));
  assert.equal(await page.locator("#regions-draw").isDisabled(), true);
  await station.look(page, "regions-picture");
});
