"use strict";

const byId = (id) => document.getElementById(id);
const shown = {};
let current = "";

// Puts new HTML into a region. What was open there stays open. What had the focus keeps it, or the
// region gets it.
function put(name, html) {
  if (shown[name] === html) return;
  shown[name] = html;
  const region = byId(name);
  const open = [...region.querySelectorAll("details[open]")].map((each) => each.id);
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  region.innerHTML = html;
  for (const id of open) byId(id)?.setAttribute("open", "");
  if (focused) (byId(focused.id) ?? region).focus({ preventScroll: true });
}

// Goes to the top where another exercise is shown, and so does the focus that chose it in the list.
function arrive() {
  const { exercise, title } = byId("name").dataset;
  if (current && current !== exercise) {
    if (byId("exercises").contains(document.activeElement)) byId("standing").focus();
    scrollTo(0, 0);
  }
  current = exercise;
  document.title = title;
}

const events = new EventSource("events");

events.addEventListener("message", (event) => {
  for (const [name, html] of Object.entries(JSON.parse(event.data))) put(name, html);
  arrive();
});
events.addEventListener("open", () => {
  byId("connection").textContent = "";
});
events.addEventListener("error", () => {
  byId("connection").textContent =
    events.readyState === EventSource.CLOSED
      ? "This page has ended. Open the address that `kata watch --web` prints."
      : "kata watch does not answer. This page waits for it.";
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-wish]");
  if (!button) return;
  const exercise = encodeURIComponent(button.dataset.exercise);
  fetch(`wishes/${button.dataset.wish}?exercise=${exercise}`, { method: "POST" }).catch(() => {});
});
