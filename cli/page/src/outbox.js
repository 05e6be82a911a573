// Decisions on their way into the case file. What the server does not take now is kept in this browser and sent again, in
// order, until it is.

import { remember, remembered } from "./dom.js";

const AGAIN_MS = 2000;

export class Outbox {
  // `taken(changes)` hears what the server answers; `changed()` that something waits, or no longer does.
  constructor(source, caseName, { taken, changed }) {
    this.source = source;
    this.key = "boarddiff-waiting-" + caseName;
    this.taken = taken;
    this.changed = changed;
    this.trouble = null;
    this.sending = null;
    try {
      this.waiting = JSON.parse(remembered(this.key)) || [];
    } catch {
      this.waiting = [];
    }
    if (this.waiting.length > 0) this.send();
  }

  add(decision) {
    this.waiting.push(decision);
    this.keep();
    return this.send();
  }

  // True when one was still waiting, and is now gone.
  takeBack() {
    if (this.waiting.length === 0 || this.sending) return false;
    this.waiting.pop();
    this.keep();
    this.changed();
    return true;
  }

  keep() {
    remember(this.key, this.waiting.length > 0 ? JSON.stringify(this.waiting) : null);
  }

  send() {
    this.sending ||= this.sendAll().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll() {
    clearTimeout(this.again);
    while (this.waiting.length > 0) {
      try {
        const changes = await this.source.decide(this.waiting[0]);
        this.trouble = null;
        this.waiting.shift();
        this.keep();
        this.taken(changes);
      } catch (error) {
        this.trouble = error;
        if (error.status === 400) {
          // It never will be taken.
          this.waiting.shift();
          this.keep();
        } else {
          this.again = setTimeout(() => this.send(), AGAIN_MS);
          break;
        }
      }
    }
    this.changed();
  }
}
