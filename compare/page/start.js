// What the page shows when it opens.

function showPair() {
  byId("pair").hidden = false;
  byId("main").classList.add("wide");
  for (const role of ["reference", "sample"]) {
    byId("pair-" + role).src = pictures[role].uri;
    byId("pair-" + role + "-name").textContent = role + ": " + report[role].file;
  }
}

showOutcome();
showRegistration();
showCoverage();
showDesign();
showSensitivity();
showXrays();
showFiles();
if (aligned) {
  showFindings();
  showViewer();
} else {
  showPair();
}
