// Pointers: one drags, two pinch; on the divider one swipes. Keys and buttons.

const pointers = new Map();
let dragged = false;

function listenToPointers() {
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const divider = byId("divider");
  divider.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    divider.setPointerCapture(event.pointerId);
  });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    view.split = Math.min(Math.max(place(event).x / stage.clientWidth, 0), 1);
    draw();
  });
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, place(event));
    dragged = false;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (event.buttons === 0) {
      pointers.delete(event.pointerId);  // it was released outside, where nobody told us
      return;
    }
    const now = place(event);
    const others = [...pointers.entries()].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (others.length === 0 && !dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    stage.classList.add("moving");
    pointers.set(event.pointerId, now);
    if (others.length === 0) {
      view.fitted = false;
      view.x += now.x - before.x;
      view.y += now.y - before.y;
      draw();
    } else {
      const other = others[0];
      const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      zoomAt(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    }
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => {
      pointers.delete(event.pointerId);
      stage.classList.remove("moving");
    });
  }
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = place(event);
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), at.x, at.y);
  }, { passive: false });
}

function listenToKeys() {
  const keys = {
    j: () => choose(chosen + 1, true),
    k: () => choose(chosen < 0 ? -1 : chosen - 1, true),
    b: () => setMode("blink"),
    s: () => setMode("swipe"),
    x: flip,
    r: () => { if (pictures.xray) setRays(view.rays === "xray" ? "photo" : "xray"); },
    m: () => setMarks(!view.marks),
    "+": () => zoomMiddle(1.4),
    "=": () => zoomMiddle(1.4),
    "-": () => zoomMiddle(1 / 1.4),
    0: fit,
    "?": () => { byId("help").open = !byId("help").open; },
  };
  const arrows = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow && document.activeElement === stage) {
      view.x += arrow[0];
      view.y += arrow[1];
      draw();
      event.preventDefault();
      return;
    }
    const action = keys[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function listenToButtons() {
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => setMode(button.dataset.view));
  }
  for (const button of document.querySelectorAll("[data-rays]")) {
    button.addEventListener("click", () => setRays(button.dataset.rays));
  }
  byId("slider").addEventListener("input", (event) => { view.split = event.target.value / 1000; draw(); });
  byId("toggle-marks").addEventListener("click", () => setMarks(!view.marks));
  byId("zoom-in").addEventListener("click", () => zoomMiddle(1.4));
  byId("zoom-out").addEventListener("click", () => zoomMiddle(1 / 1.4));
  byId("zoom-fit").addEventListener("click", fit);
  byId("step-on").addEventListener("click", () => choose(chosen + 1, true));
  byId("step-back").addEventListener("click", () => choose(chosen < 0 ? -1 : chosen - 1, true));
}
