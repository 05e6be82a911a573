// What is asked: why something is dismissed, a comment; the list of all keys, and what was found of virtual parts.

import { byId, make } from "./dom.js";
import { REASONS } from "./words.js";
import { KEYS, shownKeysOf } from "./keys.js";

// Resolves with {reason, comment}, or null when the person went back.
export function askReason() {
  const dialog = byId("dismiss");
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
    const onKey = (event) => {
      const reason = Object.keys(REASONS)[Number(event.key) - 1];
      if (!reason || event.target === comment) return;
      event.preventDefault();
      take(reason);
    };
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("keydown", onKey);
      resolve(answer);
    }, { once: true });
    dialog.showModal();
    byId("dismiss-reasons").firstChild.focus();
  });
}

// Resolves with the words, or null.
export function askComment(about) {
  const dialog = byId("comment");
  const text = byId("comment-text");
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
    ...KEYS.flatMap(({ action, words }) => {
      const name = make("dt");
      shownKeysOf(action).forEach((key) => name.append(make("kbd", "", key), " "));
      return [name, make("dd", "", words)];
    }),
  );
  byId("help-close").onclick = () => dialog.close();
  dialog.showModal();
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
