// Who decides in a report, and the file of what was decided.

import { byId, say } from "./dom.js";
import { counted } from "./words.js";

const FILE = "decisions.json";

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// `own`: OwnDecisions. `renamed()`: they have another reviewer now.
export function setUpSendBox(own, renamed) {
  const name = byId("send-name");
  const button = byId("send-button");
  const show = () => {
    const count = own.rows.length;
    button.disabled = count === 0;
    button.textContent = count === 0 ? "Download decisions" : "Download " + counted(count, "decision");
    byId("send-words").textContent = own.isSafe ? "kept in this browser" : "kept until this page is closed";
  };
  byId("send-box").hidden = false;
  byId("help-saved").textContent = "Decisions stay in this browser: download them when you are done, and send the file back.";
  name.value = own.reviewer;
  name.addEventListener("input", () => {
    own.setReviewer(name.value.trim());
    name.setCustomValidity("");
    renamed();
  });
  button.addEventListener("click", () => {
    if (!own.reviewer) {
      name.setCustomValidity("Enter your name: the decisions are told by it.");
      name.reportValidity();
      return;
    }
    download(own.file());
    say(FILE + " holds your decisions. Send it to whoever sent you this report.");
  });
  addEventListener("beforeunload", (event) => {
    if (!own.isSaved) event.preventDefault();
  });
  own.changed = show;
  show();
}
