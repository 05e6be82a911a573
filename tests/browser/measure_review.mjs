// Seconds of the review page, for tests/benchmark/benchmark_review.sh.

import { join } from "node:path";
import { chromium } from "playwright-core";
import { SMALL, Server } from "./station.mjs";

const REPEATS = 20;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Runs `step()` in the page and waits for the frame that shows what it did: milliseconds.
const timed = (page, key) =>
  page.evaluate((pressed) => new Promise((resolve) => {
    const begin = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
  }), key);

const server = await Server.start(join(process.env.BOARDDIFF_CASE_FOLDER, "pallet.bdcase"), "--reviewer", "Ann");
const browser = await chromium.launch({ executablePath: process.env.BOARDDIFF_CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: SMALL });
await page.addInitScript(() => {
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      if (!window.listed_ms && document.querySelector("#queue-list .line")) window.listed_ms = performance.now();
      if (!window.ready_ms && document.getElementById("details-title").textContent.startsWith("1: ")) window.ready_ms = performance.now();
    }).observe(document.body, { childList: true, subtree: true });
  });
});
await page.goto(server.address);
await page.waitForFunction(() => window.ready_ms);
const { painted, listed, ready } = await page.evaluate(() => ({
  painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  listed: window.listed_ms,
  ready: window.ready_ms,
}));

const steps = [];
for (let i = 0; i < REPEATS / 2; ++i) for (const key of ["j", "k"]) steps.push(await timed(page, key));

// How long a decision takes until the next finding is shown.
const decisions = [];
for (let i = 0; i < 10; ++i) {
  const before = await page.locator("#details-title").innerText();
  decisions.push(await page.evaluate((title) => new Promise((resolve) => {
    const begin = performance.now();
    const observer = new MutationObserver(() => {
      if (document.getElementById("details-title").textContent === title) return;
      observer.disconnect();
      resolve(performance.now() - begin);
    });
    observer.observe(document.getElementById("details-title"), { childList: true, characterData: true, subtree: true });
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "u", bubbles: true, cancelable: true }));
  }), before));
}

// The board with the most findings: frames while it is moved.
await page.locator("#queue-text").fill("SN1000");
await page.locator("#queue-list .line").first().click();
await page.waitForFunction(() => document.getElementById("findings-count").textContent.startsWith("10000"));
await page.keyboard.press("0");
await page.waitForTimeout(500);
const box = await page.locator("#stage-first").boundingBox();
const middle = [box.x + box.width / 3, box.y + box.height / 2];
await page.evaluate(() => {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
});
await page.mouse.move(...middle);
await page.mouse.down();
for (let i = 0; i < 60; ++i) {
  await page.mouse.move(middle[0] + 3 * (i % 30), middle[1] + 2 * (i % 20));
  await page.waitForTimeout(16);
}
await page.mouse.up();
const frames = (await page.evaluate(() => window.frames_ms)).slice(1);
const many = [];
for (let i = 0; i < 10; ++i) many.push(await timed(page, "j"));
await browser.close();
await server.stop();

const row = (what, milliseconds) => console.log("| " + what + " | " + Math.round(milliseconds) + " |");
console.log("| review of 1,001 boards, 30,000 findings | milliseconds |\n|---|---|");
row("first paint", painted);
row("the queue is listed", listed);
row("the first finding is shown", ready);
row("next finding, median of " + steps.length, median(steps));
row("next finding, longest", Math.max(...steps));
row("a decision is saved and the next finding shown, median", median(decisions));
row("moving 10,000 marks, median frame", median(frames));
row("moving 10,000 marks, 95 % of frames within", [...frames].sort((a, b) => a - b)[Math.floor(0.95 * frames.length)]);
row("next finding among 10,000, median", median(many));
