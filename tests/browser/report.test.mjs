// Reports are looked at without a server and without a network.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Station, boardName, chosen, run, text, until } from "./station.mjs";

let station;
let requests;
beforeEach(() => {
  station = new Station();
  requests = [];
});
afterEach(async () => {
  await station.end();
  assert.deepEqual(station.troubles, []);
  assert.ok(requests.every((url) => /^(file|data|blob):/.test(url)), "nothing is asked of a network: " + requests.join(" "));
});

async function openReport(path) {
  const context = await station.browse({ offline: true });
  context.on("request", (request) => requests.push(request.url()));
  return station.open(context, pathToFileURL(path).href);
}

// Colours of the picture: a blank one has one.
const colours = (page, pane) =>
  page.locator("#" + pane + " canvas").first().screenshot().then((bytes) => bytes.length);

test("a report opens from its folder, with both pictures, findings and decisions", async () => {
  const page = await station.review();
  await page.keyboard.press("a");
  await until(() => chosen(page), (title) => title.startsWith("2: "));
  await page.close();
  await station.server.stop();
  const folder = join(station.folder, "report");
  const { status, out } = await run("report", station.caseFile, "--output", folder);
  assert.equal(status, 3);
  assert.match(out, /boards?, \d+ files, [\d.]+ MB; see .*index\.html/);

  const report = await openReport(join(folder, "index.html"));
  assert.match(await text(report, "progress-words"), /^1 of /);
  assert.match(await report.locator("#findings-list .line").first().innerText(), /unexpected/);
  assert.equal(await report.locator("#verdicts").isVisible(), false);
  await report.waitForTimeout(500);
  assert.ok(await colours(report, "pane-first") > 50_000, "the pictures are shown");
  await station.look(report, "report");
  const first = await boardName(report);
  await report.keyboard.press("n");
  await until(() => boardName(report), (name) => name !== first);
  const crop = report.locator("#details-crops img").first();
  assert.ok(await crop.evaluate((image) => image.naturalWidth > 0), "crops are shown");
  // Keys that decide do nothing here.
  await report.keyboard.press("a");
  await report.keyboard.press("d");
  assert.equal(await report.locator("#dismiss").isVisible(), false);
});

test("only boards with something to look at are in it, unless all are wanted", async () => {
  const boards = async (...flags) => {
    const folder = join(station.folder, "report" + flags.length);
    await run("report", station.caseFile, "--output", folder, ...flags);
    const page = await openReport(join(folder, "index.html"));
    return page.locator("#queue-list .line").allInnerTexts();
  };
  assert.ok(!(await boards()).join().includes("SN-2"));
  assert.ok((await boards("--all")).join().includes("SN-2"));
});

test("one board fits into one file", async () => {
  const file = join(station.folder, "one.html");
  const { status } = await run("report", station.caseFile, "--output", file, "--single-file", "--board", "SN-3");
  assert.equal(status, 1);
  assert.ok(statSync(file).size < 5e6);
  const page = await openReport(file);
  assert.match(await boardName(page), /^SN-3/);
  await page.waitForTimeout(500);
  assert.ok(await colours(page, "pane-first") > 50_000, "the pictures are shown");
  assert.ok(await page.locator("#details-crops img").first().evaluate((image) => image.naturalWidth > 0));
});

test("a board that cannot be compared shows both pictures", async () => {
  const file = join(station.folder, "one.html");
  await run("report", station.caseFile, "--output", file, "--single-file", "--board", "SN-5");
  const page = await openReport(file);
  await until(() => page.locator("#stage-second").isVisible(), true);
  await page.waitForTimeout(500);
  for (const pane of ["pane-first", "pane-second"]) assert.ok(await colours(page, pane) > 30_000, pane);
});

test("on paper all findings of the board are listed", async () => {
  const file = join(station.folder, "one.html");
  await run("report", station.caseFile, "--output", file, "--single-file", "--board", "SN-1");
  const page = await openReport(file);
  await page.emulateMedia({ media: "print" });
  const listed = await page.locator("#paper li strong").allInnerTexts();
  assert.ok(listed.length > 2);
  assert.ok(await page.locator("#paper img").first().isVisible());
  assert.equal(await page.locator("#findings-list").isVisible(), false);
  await station.look(page, "paper");
});
