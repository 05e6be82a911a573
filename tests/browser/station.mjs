// A review of its own for each test: a copy of the case, a server, a browser.

import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.env.BOARDDIFF;
const folder = process.env.BOARDDIFF_CASE_FOLDER;
const screenshots = process.env.BOARDDIFF_SCREENSHOTS;

export const SMALL = { width: 1366, height: 768 };
export const LARGE = { width: 1920, height: 1080 };

// Runs the program to its end: {status, out, err}.
export function run(...args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder });
    const said = { out: "", err: "" };
    child.stdout.on("data", (data) => { said.out += data; });
    child.stderr.on("data", (data) => { said.err += data; });
    child.on("exit", (status) => resolve({ status, ...said }));
  });
}

export class Server {
  static async start(caseFile, ...flags) {
    const server = new Server();
    server.child = spawn(program, ["review", caseFile, "--no-browser", ...flags], { cwd: folder });
    server.said = "";
    server.child.stderr.on("data", (data) => { server.said += data; });
    server.ended = new Promise((resolve) => server.child.on("exit", resolve));
    server.address = await new Promise((resolve, reject) => {
      server.child.stdout.once("data", (data) => resolve(String(data).trim()));
      server.ended.then((status) => reject(new Error("boarddiff review ended with " + status)));
    });
    server.port = new URL(server.address).port;
    return server;
  }
  // Its exit status.
  stop(signal = "SIGINT") {
    this.child.kill(signal);
    return this.ended;
  }
  // What it has said beside its address, to its end.
  async stopSaying() {
    const closed = new Promise((resolve) => this.child.once("close", resolve));
    await this.stop();
    await closed;
    return this.said;
  }
}

export class Station {
  constructor(name = "boards.bdcase") {
    this.servers = [];
    this.troubles = []; // what the pages complained about
    this.folder = mkdtempSync(join(tmpdir(), "boarddiff-browser-"));
    // Beside the boards: the case names them by their paths there.
    this.caseFile = join(this.folder, name);
    copyFileSync(join(folder, name), this.caseFile);
  }

  async serve(...flags) {
    const server = await Server.start(this.caseFile, ...flags);
    this.servers.push(server);
    return server;
  }

  async browse(options = {}) {
    this.browser ||= await chromium.launch({ executablePath: process.env.BOARDDIFF_CHROMIUM, args: ["--no-sandbox"] });
    const context = await this.browser.newContext({ viewport: SMALL, ...options });
    return context;
  }

  // A page that is ready to work with.
  async open(context, address) {
    const page = await context.newPage();
    page.on("pageerror", (error) => this.troubles.push(error.message));
    page.on("console", (message) => { if (message.type() === "error") this.troubles.push(message.text()); });
    await page.goto(address);
    await this.ready(page);
    return page;
  }
  async ready(page) {
    await page.waitForSelector("#queue-list .line[aria-current=true]");
    await page.waitForFunction(() => document.querySelector("#pane-first canvas")?.width > 0);
  }

  // Serves and opens: the usual beginning.
  async review({ flags = ["--reviewer", "Ann"], ...options } = {}) {
    this.server = await this.serve(...flags);
    this.context = await this.browse(options);
    return this.open(this.context, this.server.address);
  }

  async end() {
    await this.browser?.close();
    for (const server of this.servers) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async look(page, name) {
    if (screenshots) await page.screenshot({ path: join(screenshots, name + ".png") });
  }

  // What the case file says in the end, by the program itself.
  async boards() {
    return JSON.parse((await run("report", this.caseFile, "--format", "json", "--all")).out).boards;
  }
  // "SN-1" -> findings.
  async findings() {
    return Object.fromEntries((await this.boards()).map((board) => [board.serial, board.findings]));
  }
}

export const text = (page, id) => page.locator("#" + id).innerText();
export const chosen = (page) => text(page, "details-title");
export const boardName = (page) => text(page, "board-name");

// Waits until `value()` is what is wanted, and says what it was otherwise.
export async function until(value, wanted, what) {
  let last;
  for (let i = 0; i < 100; ++i) {
    last = await value();
    if (typeof wanted === "function" ? wanted(last) : last === wanted) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error((what || "waited for " + wanted) + ", but it is " + JSON.stringify(last));
}
