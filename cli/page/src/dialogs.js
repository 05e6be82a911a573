// What is asked: why something is dismissed, a comment; the list of all keys, and what was found of virtual parts.

import { byId, make } from "./dom.js";
import { REASONS } from "./words.js";
import { ARROW_KEYS, KEYS, shownKeysOf } from "./keys.js";

// Resolves with {reason, comment}, or null when the person went back. `what`: "Finding 3".
export function askReason(what) {
  const dialog = byId("dismiss");
  byId("dismiss-title").textContent = what + " is dismissed, because it is";
  const comment = byId("dismiss-comment");
  comment.value = "";
  return new Promise((resolve) => {
    let answer = null;
    const take = (reason) => {
      answer = { reason, comment: comment.value.trim() };
      dialog.close();
    };
    byId("dismiss-reasons").replaceChildren(
      ...Object.entries(REASONS).map(([reason, words], i) => {
        const button = make("button", "", words + " ");
        button.type = "button";
        button.append(make("kbd", "", String(i + 1)));
        button.addEventListener("click", () => take(reason));
        return button;
      }),
    );
    const toReasons = () => byId("dismiss-reasons").firstChild.focus();
    const onKey = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const writes = event.target === comment;
      const reason = Object.keys(REASONS)[Number(event.key) - 1];
      if (writes && event.key === "Enter") toReasons();
      else if (!writes && event.key.toLowerCase() === "c") comment.focus();
      else if (!writes && reason) take(reason);
      else return;
      event.preventDefault();
    };
    // Of the whole document: with Tab the focus can leave the dialog for the browser's own bars.
    document.addEventListener("keydown", onKey);
    dialog.addEventListener("close", () => {
      document.removeEventListener("keydown", onKey);
      resolve(answer);
    }, { once: true });
    dialog.showModal();
    toReasons();
  });
}

// Resolves with the words, or null. `about`: what they are asked for, below the title.
export function askComment(title, about) {
  const dialog = byId("comment");
  const text = byId("comment-text");
  byId("comment-title").textContent = title;
  byId("comment-about").textContent = about;
  text.value = "";
  return new Promise((resolve) => {
    let answer = null;
    const save = (event) => {
      event.preventDefault();
      answer = text.value.trim() || null;
      dialog.close();
    };
    const onKey = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event); };
    const back = () => dialog.close();
    byId("comment-form").addEventListener("submit", save);
    text.addEventListener("keydown", onKey);
    byId("comment-cancel").addEventListener("click", back);
    dialog.addEventListener("close", () => {
      byId("comment-form").removeEventListener("submit", save);
      text.removeEventListener("keydown", onKey);
      byId("comment-cancel").removeEventListener("click", back);
      resolve(answer);
    }, { once: true });
    dialog.showModal();
    text.focus();
  });
}

export function showHelp() {
  const dialog = byId("help");
  if (dialog.open) return dialog.close();
  byId("help-keys").replaceChildren(
    ...[...KEYS.map(({ action, words }) => ({ shown: shownKeysOf(action), words })), ...ARROW_KEYS].flatMap(({ shown, words }) => {
      const name = make("dt");
      shown.forEach((key) => name.append(make("kbd", "", key), " "));
      return [name, make("dd", "", words)];
    }),
  );
  byId("help-close").onclick = () => dialog.close();
  dialog.showModal();
  byId("help-close").focus();
}

// `lines`: what is known of the virtual parts that the reviewer decided about.
export function showVigilance(lines) {
  const dialog = byId("vigilance");
  if (dialog.open) return dialog.close();
  byId("vigilance-lines").replaceChildren(...lines.map((line) => make("li", "", line)));
  byId("vigilance-none").hidden = lines.length > 0;
  byId("vigilance-close").onclick = () => dialog.close();
  dialog.showModal();
}

export const isAsking = () => document.querySelector("dialog[open]") !== null;
