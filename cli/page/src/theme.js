// Dark or light: as the system has it, until somebody chooses.

import { byId, remember, remembered } from "./dom.js";

const prefersDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

export function setUpTheme() {
  const button = byId("theme");
  const show = () => {
    const dark = (remembered("boarddiff-theme") || (prefersDark() ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(dark));
  };
  button.addEventListener("click", () => {
    remember("boarddiff-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
