// How kinds of findings are called, and which share a colour and a line: for this page and for that of reviews.

const KINDS = {
  extra_component: ["Extra component", "extra"],
  extra_wire: ["Extra wire", "extra"],
  missing_component: ["Missing component", "missing"],
  replaced_component: ["Replaced component", "exchanged"],
  moved_component: ["Moved or turned component", "exchanged"],
  changed_trace: ["Changed trace", "changed"],
  changed_interior: ["Changed interior", "changed"],
  changed_marking: ["Changed marking", "changed"],
  changed_surface: ["Changed surface", "changed"],
};
const GROUPS = {
  extra: "extra part or wire",
  missing: "missing part",
  exchanged: "replaced or moved part",
  changed: "other change",
};
