// Keys that somebody changed.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Station, chosen, text, until } from "./station.mjs";

let station;
beforeEach(() => { station = new Station(); });
afterEach(async () => {
  await station.end();
  assert.deepEqual(station.troubles, []);
});

async function openKeys(page) {
  await page.keyboard.press("?");
  await page.locator("#keys-open").click();
}
const button = (page, action) => page.locator("#keys-list [data-action=" + action + "]");
async function change(page, action, key) {
  await button(page, action).click();
  await page.keyboard.press(key);
}

test("a key is changed, holds at once and later, and is shown everywhere", async () => {
  const page = await station.review();
  await openKeys(page);
  await change(page, "nextFinding", "x");
  await change(page, "unexpected", "q");
  await station.look(page, "keys");
  assert.match(await text(page, "keys-words"), /^Q is set/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#keys").isVisible(), false);
  await page.keyboard.press("j");
  assert.match(await chosen(page), /^1: /);
  await page.keyboard.press("x");
  assert.match(await chosen(page), /^2: /);

  await page.reload();
  await station.ready(page);
  assert.match(await page.locator("#verdict-unexpected").innerText(), /Q/);
  assert.equal(await page.locator("#verdict-unexpected").getAttribute("aria-keyshortcuts"), "q");
  await page.keyboard.press("?");
  const rows = (await page.locator("#help-keys").innerText()).replace(/\s+/g, " ");
  assert.match(rows, /X next finding/);
  assert.match(rows, /Q accept as unexpected/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await page.waitForTimeout(200);
  assert.match(await text(page, "progress-words"), /^0 of /);
  await page.keyboard.press("q");
  await until(() => text(page, "progress-words"), (words) => words.startsWith("1 of "));
});

test("no key means two things, and all can be as they were", async () => {
  const page = await station.review();
  await openKeys(page);
  await change(page, "nextFinding", "k");
  assert.match(await text(page, "keys-words"), /^K is \u201cprevious finding\u201d already/);
  await change(page, "nextFinding", "?");
  assert.match(await text(page, "keys-words"), /^\? is \u201cthis list\u201d already/);
  await change(page, "nextFinding", "=");
  assert.match(await text(page, "keys-words"), /^= is \u201czoom in\u201d already/);
  await change(page, "nextFinding", "F2");
  assert.match(await text(page, "keys-words"), /^Only letters/);
  assert.equal(await button(page, "nextFinding").locator("kbd").innerText(), "J");
  assert.equal(await page.locator("#keys-reset").isDisabled(), true);
  // Esc leaves the key that is asked for, and the dialog stays.
  await change(page, "nextFinding", "Escape");
  assert.ok(await page.locator("#keys").isVisible());
  await change(page, "toggle", "e");
  await change(page, "nextFinding", "Space");
  assert.equal(await button(page, "nextFinding").locator("kbd").innerText(), "Space");
  await page.locator("#keys-reset").click();
  assert.equal(await button(page, "toggle").locator("kbd").innerText(), "Space");
  await page.locator("#keys-close").click();
  await page.keyboard.press("j");
  assert.match(await chosen(page), /^2: /);
});

test("kept keys that cannot be are left aside", async () => {
  const page = await station.review();
  for (const kept of ['{"nextFinding": "k"}', '{"help": "x", "nothing": "y", "undo": "long"}', "none"]) {
    await page.evaluate((value) => localStorage.setItem("boarddiff-keys", value), kept);
    await page.reload();
    await station.ready(page);
    await page.keyboard.press("?");
    assert.ok(await page.locator("#help").isVisible());
    assert.match((await page.locator("#help-keys").innerText()).replace(/\s+/g, " "), /J next finding K previous finding/);
  }
});
