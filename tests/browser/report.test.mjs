// Reports are looked at without a server and without a network.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, statSync } from "node:fs";
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

// The file that the page's button gives, and the page is there still.
async function downloaded(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#send-button").click()]);
  assert.equal(download.suggestedFilename(), "decisions.json");
  const path = join(station.folder, "decisions.json");
  copyFileSync(await download.path(), path);
  return path;
}

test("what is decided in a report is kept, downloaded, and brought into the case", async () => {
  const review = await station.review();
  await review.keyboard.press("a");
  await until(() => chosen(review), (title) => title.startsWith("2: "));
  await review.close();
  await station.server.stop();
  const folder = join(station.folder, "report");
  await run("report", station.caseFile, "--to-decide", "--output", folder);
  const page = await openReport(join(folder, "index.html"));
  const board = (await boardName(page)).split(",")[0];
  // It begins with what nobody has decided, and knows what others have.
  assert.match(await chosen(page), /^2: /);
  await page.keyboard.press("k");
  await page.keyboard.press("d");
  await page.keyboard.press("3");
  await until(() => chosen(page), (title) => title.startsWith("2: "));
  await page.keyboard.press("u");
  await until(() => chosen(page), (title) => title.startsWith("3: "));
  await page.keyboard.press("a");
  await page.keyboard.press("z");
  await page.keyboard.press("c");
  await page.keyboard.type("what is this?");
  await page.keyboard.press("Control+Enter");
  assert.equal(await text(page, "send-button"), "Download 3 decisions");
  assert.match(await text(page, "progress-words"), /in conflict/);
  await station.look(page, "report-deciding");

  // Without a name there is no file.
  await page.locator("#send-button").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "send-name");
  await page.locator("#send-name").fill("Cleo");
  const first = await downloaded(page);
  await page.reload();
  await station.ready(page);
  assert.equal(await page.locator("#send-name").inputValue(), "Cleo");
  assert.equal(await text(page, "send-button"), "Download 3 decisions");
  await page.locator("#findings-list .line").first().click();
  assert.match(await text(page, "details-decisions"), /Ann: unexpected[^]*Cleo: dismissed: dirt/);

  const rows = JSON.parse(readFileSync(first)).decisions;
  assert.deepEqual(rows.map((row) => [row.number, row.verdict, row.reason, row.reviewer]),
    [[1, "dismissed", "dirt", "Cleo"], [2, "unsure", "", "Cleo"], [3, "comment", "", "Cleo"]]);
  const { status, out } = await run("decide", station.caseFile, first);
  assert.equal(status, 0);
  assert.match(out, /3 decisions brought in[^]*finding 1: in conflict: Ann unexpected, Cleo dismissed \(dirt\)/);
  const findings = (await station.findings())[board];
  assert.deepEqual(findings.slice(0, 3).map((one) => one.decision.state), ["conflict", "unsure", "undecided"]);
  assert.match((await run("decide", station.caseFile, first)).out, /0 decisions brought in, 3 known already/);
});

test("one file with one board is decided in as well", async () => {
  const file = join(station.folder, "one.html");
  await run("report", station.caseFile, "--to-decide", "--output", file, "--single-file", "--board", "SN-5");
  const page = await openReport(file);
  assert.equal(await chosen(page), "The board as a whole");
  await page.locator("#verdict-unsure").click();
  await page.locator("#send-name").fill("Cleo");
  await page.locator("#send-button").waitFor();
  await until(() => text(page, "send-button"), "Download 1 decision");
  assert.equal((await run("decide", station.caseFile, await downloaded(page))).status, 0);
  const { out } = await run("report", station.caseFile, "--format", "json", "--board", "SN-5");
  assert.equal(JSON.parse(out).boards[0].decision.state, "unsure");
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
