import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Station, until, boardName, run } from "./station.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let station;
beforeEach(() => { station = new Station(); });
afterEach(() => station.end());

async function troubles(page) {
  // Past the page's policy, as an extension would.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => one.id + ": " + one.nodes.map((node) => node.target + " " + node.failureSummary).join("; "));
}

for (const colorScheme of ["light", "dark"]) {
  test("axe finds nothing serious on the " + colorScheme + " page, its views and dialogs", async () => {
    const page = await station.review({ colorScheme, bypassCSP: true });
    assert.deepEqual(await troubles(page), []);
    await page.keyboard.press("s");
    assert.deepEqual(await troubles(page), []);
    await page.keyboard.press("a");
    for (const key of ["d", "c", "?"]) {
      await page.keyboard.press(key);
      assert.deepEqual(await troubles(page), [], "the dialog of " + key);
      await page.keyboard.press("Escape");
    }
    await page.locator("#queue-list .line", { hasText: "SN-5" }).click();
    await until(() => boardName(page), (name) => name.startsWith("SN-5"));
    assert.deepEqual(await troubles(page), []);
  });
}

test("axe finds nothing serious where regions are drawn", async () => {
  const page = await station.review({ bypassCSP: true });
  await page.locator("#queue-list .line", { hasText: "SN-3" }).click();
  await until(() => boardName(page), (name) => name.startsWith("SN-3"));
  await page.keyboard.press("r");
  await until(() => page.locator("#regions").isVisible(), true);
  assert.deepEqual(await troubles(page), []);
  await page.locator("#regions-draw").click();
  assert.deepEqual(await troubles(page), []);
  await page.keyboard.press("Enter");
  assert.deepEqual(await troubles(page), []);
});

test("axe finds nothing serious where keys are changed", async () => {
  const page = await station.review({ bypassCSP: true });
  await page.keyboard.press("?");
  await page.locator("#keys-open").click();
  assert.deepEqual(await troubles(page), []);
});

test("axe finds nothing serious on a report to decide in", async () => {
  const folder = join(station.folder, "report");
  await run("report", station.caseFile, "--to-decide", "--output", folder);
  const page = await station.open(await station.browse(), pathToFileURL(join(folder, "index.html")).href);
  assert.deepEqual(await troubles(page), []);
});

test("axe finds nothing serious in what is told of virtual parts", async () => {
  const watched = new Station("watched.bdcase");
  try {
    const page = await watched.review({ flags: ["--reviewer", "Ann", "--vigilance", "1"], bypassCSP: true });
    for (let i = 0; i < 100 && (await page.locator("#told").isHidden()); ++i) {
      await page.keyboard.press("a");
      await page.waitForTimeout(300);
    }
    assert.ok(await page.locator("#told").isVisible());
    assert.deepEqual(await troubles(page), []);
    await page.keyboard.press("v");
    assert.deepEqual(await troubles(page), []);
  } finally {
    await watched.end();
  }
});

test("everything can be reached with Tab, and says what it is", async () => {
  const page = await station.review();
  const seen = [];
  await page.locator("#theme").focus();
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      return element === document.body ? null : element.getAttribute("aria-label") || element.innerText || element.labels?.[0]?.innerText || "";
    });
    if (name === null) break;
    assert.notEqual(name.trim(), "", "each stop has a name");
    seen.push(name);
  }
  for (const wanted of ["SN-1", "Swipe", "The board", "All kinds", "Unexpected", "Undo"]) {
    assert.ok(seen.some((name) => name.includes(wanted)), wanted + " is among " + seen.join(" | "));
  }
});

test("what is chosen and decided is said", async () => {
  const page = await station.review();
  const spoken = () => page.locator("#spoken").textContent();
  assert.match(await spoken(), /^Finding 1, .*undecided/);
  await page.keyboard.press("a");
  await until(spoken, (words) => words.startsWith("Finding 2, "));
});
