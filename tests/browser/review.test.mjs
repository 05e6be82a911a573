import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { LARGE, Station, boardName, chosen, text, until } from "./station.mjs";

let station;
beforeEach(() => { station = new Station(); });
afterEach(async () => {
  await station.end();
  assert.deepEqual(station.troubles, []);
});

const badge = (page) => text(page, "which-first");
// "12 of 20 decided" as [12, 20].
const progress = async (page) => (await text(page, "progress-words")).match(/\d+/g).slice(0, 2).map(Number);
// What the first pane shows, as a short text.
const picture = (page) => page.locator("#pane-first canvas").first().evaluate(async (canvas) => {
  const bytes = new TextEncoder().encode(canvas.toDataURL());
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].slice(0, 8).join(".");
});
const lines = (page, list) => page.locator("#" + list + " .line").allInnerTexts();

test("the most alarming board is open, at its first finding", async () => {
  const page = await station.review();
  const boards = await lines(page, "queue-list");
  assert.equal(boards.length, 6);
  assert.match(boards[4], /SN-5[^]*not comparable/);
  assert.match(boards[5], /SN-2[^]*nothing found/);
  assert.match(await chosen(page), /^1: /);
  const [decided, places] = await progress(page);
  assert.equal(decided, 0);
  assert.ok(places > 10, "the boards have findings");
});

test("J and K step through findings, and over the border of a board", async () => {
  const page = await station.review();
  const first = await boardName(page);
  await page.keyboard.press("j");
  assert.match(await chosen(page), /^2: /);
  await page.keyboard.press("k");
  assert.match(await chosen(page), /^1: /);
  await page.keyboard.press("n");
  await until(() => boardName(page), (name) => name !== first);
  await until(() => chosen(page), (title) => title.startsWith("1: "));
  await page.keyboard.press("k");
  await until(() => boardName(page), first);
  await page.keyboard.press("j");
  await until(() => boardName(page), (name) => name !== first);
});

test("every view says which picture it shows, by word", async () => {
  const page = await station.review();
  const badges = {};
  for (const key of ["s", "w", "o"]) {
    await page.keyboard.press(key);
    badges[key] = [await badge(page), await page.locator("#which-other").isVisible(), await page.locator("#stage-second").isVisible()];
    await station.look(page, "view-" + key);
  }
  assert.deepEqual(badges, { s: ["REFERENCE", false, true], w: ["REFERENCE", true, false], o: ["REFERENCE, with 50 % SAMPLE", false, false] });
  await page.keyboard.press("Space");
  const one = await badge(page);
  await page.keyboard.press("Space");
  const other = await badge(page);
  assert.deepEqual([one, other].sort(), ["REFERENCE", "SAMPLE"]);
});

test("the two pictures are really shown, each where its badge says", async () => {
  const page = await station.review();
  await page.locator("[data-view=reference]").click();
  await page.waitForTimeout(500);
  const reference = await picture(page);
  await page.keyboard.press("Space");
  assert.equal(await badge(page), "SAMPLE");
  await page.waitForTimeout(500);
  assert.notEqual(await picture(page), reference);
  await page.keyboard.press("Space");
  await page.waitForTimeout(500);
  assert.equal(await picture(page), reference);
});

// How often the badge changes in `seconds`.
async function changes(page, seconds) {
  return page.evaluate((milliseconds) => new Promise((resolve) => {
    let count = 0;
    new MutationObserver((list) => { if (list.some((one) => one.type === "childList" || one.type === "characterData")) ++count; })
      .observe(document.getElementById("which-first"), { childList: true, characterData: true, subtree: true });
    setTimeout(() => resolve(count), milliseconds);
  }), 1000 * seconds);
}

test("blinking stays below three flashes a second, and ends", async () => {
  const page = await station.review();
  await page.keyboard.press("b");
  const count = await changes(page, 3);
  assert.ok(count >= 3 && count <= 9, count + " changes in 3 s");
  await page.keyboard.press("b");
  assert.equal(await changes(page, 1.5), 0);
});

test("who asked for less motion blinks by hand", async () => {
  const page = await station.review({ reducedMotion: "reduce" });
  await page.keyboard.press("b");
  assert.equal(await changes(page, 1.5), 0);
  const before = await badge(page);
  await page.keyboard.press("Space");
  assert.notEqual(await badge(page), before);
});

test("the picture is zoomed and moved by keys, buttons and wheel", async () => {
  const page = await station.review();
  await page.keyboard.press("0");
  await page.waitForTimeout(600);
  let before = await picture(page);
  const steps = [
    () => page.keyboard.press("+"),
    () => page.locator("#zoom-out").click(),
    async () => { await page.locator("#pane-first").focus(); await page.keyboard.press("+"); await page.keyboard.press("ArrowRight"); },
    async () => { await page.locator("#stage-first").hover({ position: { x: 100, y: 200 } }); await page.mouse.wheel(0, -300); },
    async () => { await page.locator("#divider").hover(); await page.mouse.wheel(0, 300); },
  ];
  for (const [i, step] of steps.entries()) {
    await step();
    await page.waitForTimeout(700);
    const after = await picture(page);
    assert.notEqual(after, before, "step " + i + " shows something else");
    before = after;
  }
});

// The marks of a pane, as a text: they say where its picture lies.
const marksOf = (page, id) => page.locator("#" + id).evaluate((canvas) => canvas.toDataURL());
const border = async (page) => Number(await page.locator("#mix").inputValue());

test("side by side both panes show the same place, also of the next finding and board", async () => {
  const page = await station.review();
  const agree = async (when) => {
    await page.waitForTimeout(400);
    const [first, second] = [await marksOf(page, "marks-first"), await marksOf(page, "marks-second")];
    assert.ok(first.length > 1000 && first === second, when);
  };
  for (const key of ["s", "j", "+", "ArrowUp", "w", "s", "g", "n", "0", "j"]) {
    await page.keyboard.press(key);
    if (key === "n") await until(() => chosen(page), (title) => title.startsWith("1: "));
    if (key !== "w") await agree("after " + key);
  }
  await page.setViewportSize(LARGE);
  await agree("in a larger window");
  await station.look(page, "side-by-side");
});

test("a finding stays in the middle when the view changes and comes back with a key", async () => {
  const page = await station.review();
  const before = await marksOf(page, "marks-first");
  await page.keyboard.press("s");
  await page.waitForTimeout(300);
  assert.notDeepEqual(await marksOf(page, "marks-first"), before);
  await page.keyboard.press("w");
  await page.waitForTimeout(300);
  assert.equal(await marksOf(page, "marks-first"), before, "as before");
  for (const key of ["ArrowLeft", "ArrowUp", "-"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
    assert.notEqual(await marksOf(page, "marks-first"), before, "moved by " + key);
  }
  await page.keyboard.press("g");
  await page.waitForTimeout(300);
  assert.equal(await marksOf(page, "marks-first"), before, "back at the finding");
});

test("Shift and an arrow move the border of swipe", async () => {
  const page = await station.review();
  assert.equal(await border(page), 500);
  await page.keyboard.press("Shift+ArrowRight");
  assert.equal(await border(page), 550);
  for (let i = 0; i < 30; ++i) await page.keyboard.press("Shift+ArrowLeft");
  assert.equal(await border(page), 0);
});

test("marks go and come back, and a click on one chooses its finding", async () => {
  const page = await station.review();
  const isBlank = () => page.locator("#marks-first").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.every((value) => value === 0);
  });
  assert.equal(await isBlank(), false);
  await page.keyboard.press("h");
  assert.equal(await isBlank(), true);
  await page.keyboard.press("h");
  assert.equal(await isBlank(), false);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const title = await chosen(page);
  // The chosen one is in the middle of the picture.
  await page.waitForTimeout(500);
  await page.locator("#findings-list .line").first().click();
  assert.notEqual(await chosen(page), title);
  await page.locator("#findings-list .line").nth(2).click();
  await page.waitForTimeout(500);
  const box = await page.locator("#stage-first").boundingBox();
  await page.mouse.click(box.x + box.width / 2 + 3, box.y + box.height / 2 + 3);
  assert.equal(await chosen(page), title);
});

test("decisions by keys are saved at once, and undone one by one", async () => {
  const page = await station.review();
  const board = (await boardName(page)).split(",")[0];
  await page.keyboard.press("a");
  await until(() => chosen(page), (title) => title.startsWith("2: "));
  await page.keyboard.press("d");
  await page.keyboard.press("2");
  await until(() => chosen(page), (title) => title.startsWith("3: "));
  await page.keyboard.press("u");
  await until(() => chosen(page), (title) => title.startsWith("4: "));
  await page.keyboard.press("c");
  await page.keyboard.type("what is this?");
  await page.keyboard.press("Control+Enter");
  await until(() => text(page, "details-decisions"), (words) => words.includes("what is this?"));
  assert.deepEqual((await progress(page))[0], 3);
  await station.look(page, "decided");

  const saved = (await station.findings())[board];
  assert.deepEqual(saved.slice(0, 4).map((one) => one.decision.state), ["unexpected", "dismissed", "unsure", "undecided"]);
  assert.equal(saved[1].decision.verdicts[0].reason, "lot_code");
  assert.equal(saved[1].decision.verdicts[0].reviewer, "Ann");

  for (const left of [3, 2, 1, 0]) {
    await page.keyboard.press("z");
    await until(async () => (await progress(page))[0], left, "undone to " + left);
    await page.waitForTimeout(100);
  }
  assert.match(await chosen(page), /^1: /);
  assert.ok((await station.findings())[board].every((one) => one.decision.state === "undecided"));
});

test("keys that come too fast decide about nothing that was not seen", async () => {
  const page = await station.review();
  const board = (await boardName(page)).split(",")[0];
  const listed = Number((await text(page, "findings-count")).match(/\d+/)[0]);
  await page.evaluate((count) => {
    for (let i = 0; i < count; ++i) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "u", bubbles: true, cancelable: true }));
  }, listed);
  await until(async () => (await progress(page))[0], 1);
  await page.waitForTimeout(300);
  assert.equal((await progress(page))[0], 1);
  assert.match(await chosen(page), /^2: /);
  // Nor while the next board is on its way.
  await page.evaluate(() => {
    for (const key of ["n", "u"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
  await until(() => boardName(page), (name) => !name.startsWith(board));
  await page.waitForTimeout(300);
  assert.equal((await progress(page))[0], 1);
});

test("the last decision of a board leads to the next one", async () => {
  const page = await station.review();
  const first = await boardName(page);
  const findings = Number((await text(page, "findings-count")).match(/\d+/)[0]);
  for (let i = 0; i < findings; ++i) {
    await page.keyboard.press("u");
    await until(async () => (await progress(page))[0], i + 1);
  }
  await until(() => boardName(page), (name) => name !== first);
  assert.match(await text(page, "news"), new RegExp("^Done with " + first + "\\. Now "));
  assert.match((await lines(page, "queue-list"))[0], /^\u2713/);
});

test("a board on which something was unexpected does not look like one that passed", async () => {
  const page = await station.review();
  const first = await boardName(page);
  const findings = Number((await text(page, "findings-count")).match(/\d+/)[0]);
  for (let i = 0; i < findings; ++i) {
    await page.keyboard.press(i === 1 ? "a" : "u");
    await until(async () => (await progress(page))[0], i + 1);
  }
  await until(() => boardName(page), (name) => name !== first);
  assert.match((await lines(page, "queue-list"))[0], /^\u2691[^]*1 of \d+ unexpected/);
});

test("what no finding marks is said of the board as a whole, and taken back", async () => {
  const page = await station.review();
  const serial = (await boardName(page)).split(",")[0];
  await page.keyboard.press("m");
  await page.keyboard.type("a chip on the large chip");
  await page.keyboard.press("Control+Enter");
  await until(() => page.locator("#board-decisions").isVisible(), true);
  assert.match(await text(page, "board-decisions"), /Ann: unexpected[^]*a chip on the large chip/);
  assert.match((await lines(page, "queue-list"))[0], /not all marked/);
  assert.equal((await progress(page))[0], 0, "no finding is decided by it");
  await station.look(page, "not-marked");
  const board = (await station.boards()).find((one) => one.serial === serial);
  assert.deepEqual([board.decision.state, board.decision.verdicts[0].comment], ["unexpected", "a chip on the large chip"]);
  assert.ok(await page.locator("#verdict-missed").isEnabled());
  await page.keyboard.press("z");
  await until(() => page.locator("#board-decisions").isVisible(), false);
});

test("a board with nothing found can be suspected, too", async () => {
  const page = await station.review();
  await page.locator("#queue-list .line", { hasText: "SN-2" }).click();
  await until(() => boardName(page), (name) => name.startsWith("SN-2"));
  await page.keyboard.press("m");
  await page.keyboard.type("a wire");
  await page.keyboard.press("Control+Enter");
  await until(async () => (await lines(page, "queue-list"))[5], (line) => /^\u2691[^]*not all marked/.test(line));
});

test("a dismissal gets its comment by keys alone", async () => {
  const page = await station.review();
  await page.keyboard.press("d");
  await page.keyboard.press("c");
  await page.keyboard.type("1 of 3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("3");
  await until(async () => (await progress(page))[0], 1);
  const [first] = (await station.findings())[(await boardName(page)).split(",")[0]];
  assert.deepEqual(first.decision.verdicts.map((one) => [one.verdict, one.reason, one.comment]), [["dismissed", "dirt", "1 of 3"]]);
});

test("Space toggles again after a list had the focus", async () => {
  const page = await station.review();
  await page.locator("#queue-list .line").nth(1).focus();
  await page.keyboard.press("j");
  const board = await boardName(page);
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#which-other").isVisible(), false, "one picture instead of swipe");
  assert.equal(await boardName(page), board);
  await page.locator("#filter-weaker").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#filter-weaker").isChecked(), false);
});

test("a dialog is left with Escape, and nothing is decided", async () => {
  const page = await station.review();
  await page.keyboard.press("d");
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.keyboard.type("aaa");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(200);
  assert.equal((await progress(page))[0], 0);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#help").isVisible());
  await station.look(page, "help");
});

test("what browsers do with Ctrl, Alt and in fields stays theirs", async () => {
  const page = await station.review();
  await page.keyboard.press("Control+d");
  await page.keyboard.press("Alt+a");
  assert.equal(await page.locator("#dismiss").isVisible(), false);
  await page.locator("#queue-text").fill("SN-2");
  await page.keyboard.press("a");
  await page.waitForTimeout(200);
  assert.equal((await progress(page))[0], 0);
});

test("boards and findings are filtered", async () => {
  const page = await station.review();
  await page.locator("#queue-text").fill("SN-3");
  assert.equal((await lines(page, "queue-list")).length, 1);
  await page.locator("#queue-text").fill("");
  await page.locator("#queue-state").selectOption("refused");
  assert.match((await lines(page, "queue-list")).join(), /SN-5/);
  await page.locator("#queue-state").selectOption("all");
  const before = (await lines(page, "findings-list")).length;
  await page.locator("#filter-weaker").check();
  assert.match(await text(page, "findings-count"), /, \d+ weaker$/);
  await page.locator("#filter-weaker").uncheck();
  await page.locator("#filter-kind").selectOption({ index: 1 });
  assert.ok((await lines(page, "findings-list")).length <= before);
  await page.locator("#filter-score").fill("1.1");
  assert.equal((await lines(page, "findings-list")).length, 0);
});

test("what is decided in one tab is seen in the other", async () => {
  const page = await station.review();
  const other = await station.open(station.context, new URL("/", station.server.address).href);
  await page.keyboard.press("a");
  await until(async () => (await progress(other))[0], 1, "the other tab follows");
  await other.keyboard.press("j");
  await other.keyboard.press("u");
  await until(async () => (await progress(page))[0], 2, "and the first follows back");
});

test("two reviewers who do not agree are in conflict, with their names", async () => {
  const page = await station.review();
  const bob = await station.serve("--reviewer", "Bob");
  const other = await station.open(await station.browse(), bob.address);
  await page.keyboard.press("a");
  await until(async () => (await progress(page))[0], 1);
  await until(async () => (await progress(other))[0], 1, "Bob sees what Ann decided");
  await other.keyboard.press("d");
  await other.keyboard.press("1");
  await until(() => text(page, "progress-words"), (words) => words.includes("1 in conflict"));
  await page.keyboard.press("k");
  await page.locator("#findings-list .line").first().click();
  const words = await text(page, "details-decisions");
  assert.match(words, /Ann: unexpected/);
  assert.match(words, /Bob: dismissed: a label or sticker/);
  await station.look(page, "conflict");
});

test("with two signatures a finding is decided when both agree", async () => {
  const page = await station.review({ flags: ["--reviewer", "Ann", "--signatures", "2"] });
  await page.keyboard.press("a");
  await until(() => chosen(page), (title) => title.startsWith("2: "));
  assert.equal((await progress(page))[0], 0);
  const bob = await station.serve("--reviewer", "Bob", "--signatures", "2");
  const other = await station.open(await station.browse(), bob.address);
  await other.keyboard.press("a");
  await until(async () => (await progress(page))[0], 1);
});

test("a server that was ended and started again loses no decision", async () => {
  const page = await station.review();
  await page.keyboard.press("a");
  await until(async () => (await progress(page))[0], 1);
  const { port } = station.server;
  await station.server.stop("SIGKILL");
  await page.keyboard.press("u");
  await until(() => text(page, "banner"), (words) => words.includes("waits to be saved"));
  await station.look(page, "server-gone");
  const again = await station.serve("--reviewer", "Ann", "--port", port);
  await page.goto(again.address);
  await station.ready(page);
  await until(async () => (await progress(page))[0], 2, "both are saved");
  const all = Object.values(await station.findings()).flat().map((one) => one.decision.state);
  assert.deepEqual(all.filter((state) => state !== "undecided").sort(), ["unexpected", "unsure"]);
  // The browser complains of requests that nobody answered, or not to their end.
  station.troubles = station.troubles.filter((trouble) => !/ERR_CONNECTION_(REFUSED|RESET)|403|failed to load/.test(trouble));
});

test("a board that cannot be compared is shown in both pictures, and decided about as a whole", async () => {
  const page = await station.review();
  await page.locator("#queue-list .line", { hasText: "SN-5" }).click();
  await until(() => boardName(page), (name) => name.startsWith("SN-5"));
  await until(() => page.locator("#stage-second").isVisible(), true);
  assert.equal(await chosen(page), "The board as a whole");
  await page.keyboard.press("u");
  await until(async () => (await progress(page))[0], 1);
  await station.look(page, "not-comparable");
});

test("a person decides twenty findings with what the list of keys says", async () => {
  const page = await station.review();
  await page.keyboard.press("?");
  const known = await page.locator("#help-keys").innerText();
  for (const words of ["next finding", "reference or sample", "accept as unexpected", "dismiss", "unsure"]) assert.ok(known.includes(words));
  await page.keyboard.press("Escape");
  const keys = ["a", "d", "u"];
  let decided = 0;
  for (; decided < 20; ++decided) {
    const [, places] = await progress(page);
    if (decided === places) break;
    await page.keyboard.press("Space");
    await page.keyboard.press("Space");
    const key = keys[decided % 3];
    await page.keyboard.press(key);
    if (key === "d") await page.keyboard.press("3");
    await until(async () => (await progress(page))[0], decided + 1);
    await page.waitForTimeout(100);
  }
  assert.equal(decided, 20);
});

test("the page fits both sizes in both themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [undefined, LARGE]) {
      const page = await station.review({ colorScheme, ...(viewport ? { viewport } : {}) });
      await page.waitForTimeout(400);
      const sizes = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
      assert.deepEqual(sizes, [0, 0]);
      await station.look(page, "page-" + colorScheme + (viewport ? "-large" : ""));
    }
  }
});
