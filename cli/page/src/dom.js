// The page's elements.

export const byId = (id) => document.getElementById(id);

// All text goes through here, as text.
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// For screen readers.
export function say(text) {
  byId("spoken").textContent = text;
}

const TOLD_MS = 3000;
let fading;

// For everybody, over the pictures, for a moment.
export function tell(text) {
  say(text);
  byId("news").textContent = text;
  byId("news").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { byId("news").hidden = true; }, TOLD_MS);
}

export const wantsLessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// What a browser keeps for this page; private windows and files may forbid it.
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Then it is not kept.
  }
}

export function canRemember() {
  remember("boarddiff-probe", "kept");
  const can = remembered("boarddiff-probe") === "kept";
  remember("boarddiff-probe", null);
  return can;
}
