"use strict";

// Whatever comes from the data becomes a text node or an attribute that is never an address.

const data = JSON.parse(document.getElementById("data").textContent);
const body = document.querySelector("#class tbody");
const place = document.getElementById("student");
const find = document.getElementById("find");
const kind = document.getElementById("kind");

function made(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

function linked(address, ...children) {
  const link = made("a", "", ...children);
  link.href = address;
  return link;
}

function button(says, action) {
  const element = made("button", "", says);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function numberOf(row) {
  return Number(row.id.slice("row-".length)) - 1;
}

// The table

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const byText = (left, right) => collator.compare(left, right);
const byNumber = (left, right) => left - right;

const columns = {
  name: [(student) => student.name, byText],
  points: [(student) => student.points ?? 0, byNumber],
  submitted: [(student) => student.submitted ?? Number.MAX_VALUE, byNumber],
  looks: [(student) => student.looks ?? 0, byNumber],
};

function byExercise(number) {
  const last = { standing: data.standings.length };
  const result = (student) => student.exercises.find((each) => each.exercise === number) ?? last;
  const compare = (left, right) =>
    left.standing - right.standing || (right.points ?? 0) - (left.points ?? 0);
  return [result, compare];
}

function sort(chosen) {
  const head = chosen.closest("th");
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const each of document.querySelectorAll("#class th[aria-sort]")) {
    each.setAttribute("aria-sort", "none");
  }
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const column = chosen.dataset.column;
  const [key, compare] = columns[column] ?? byExercise(Number(column));
  const rows = [...body.rows].map((row) => [key(data.students[numberOf(row)]), row]);
  rows.sort(([left], [right]) => (down ? compare(right, left) : compare(left, right)));
  body.append(...rows.map(([, row]) => row));
}

const searched = data.students.map((student) =>
  [student.name, ...student.facts.map(([, fact]) => fact)].join("\n").toLowerCase(),
);

function filter() {
  const words = find.value.toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of body.rows) {
    const text = searched[numberOf(row)];
    const kinds = row.dataset.kinds.split("|");
    row.hidden =
      !words.every((word) => text.includes(word)) || (kind.value && !kinds.includes(kind.value));
    shown += row.hidden ? 0 : 1;
  }
  const all = counted(data.students.length, "student");
  document.getElementById("shown").value =
    shown === data.students.length ? all : `${shown} of ${all}`;
  document.getElementById("nobody").hidden = shown > 0;
}

// A student's section

function sign(standing) {
  return made("span", `sign ${standing.replace(" ", "-")}`);
}

function text(places) {
  return places && places.map((each) => data.lines[each]).join("\n");
}

// The judge's own pictures, taken to pieces: what is no part of one is left out, and so are addresses.
const parts = new Set(
  "div figure figcaption span p pre code svg title desc g rect path polygon text".split(" "),
);
const traits = /^(?:class|role|width|height|viewBox|d|x|y|rx|points|fill|stroke(?:-\w+)*|text-anchor)$/;

function picture(places) {
  const drawn = new DOMParser().parseFromString(data.pictures[places[0]], "application/xhtml+xml");
  return copied(drawn.documentElement);
}

function copied(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (!parts.has(node.localName)) return "";
  const copy = document.createElementNS(node.namespaceURI, node.localName);
  for (const { name, value } of node.attributes) {
    if (traits.test(name)) copy.setAttribute(name, value);
  }
  copy.append(...[...node.childNodes].map(copied));
  return copy;
}

function property(failed) {
  const name = text(failed.name);
  const about = made("span", "about", text(failed.headline));
  const sentence = made("span", "sentence", text(failed.sentence) ?? name);
  const inside = made("details", "property", made("summary", "", sentence, about));
  if (failed.text) inside.append(made("pre", "", text(failed.text)));
  if (failed.picture) inside.append(picture(failed.picture));
  const where = [name];
  if (failed.device) where.push(`on ${failed.device}`);
  if (failed.rests) where.push(`rests on ${failed.rests.join(", ")}`);
  inside.append(made("p", "by", where.join(" · ")));
  return inside;
}

function exercise(result, number) {
  const standing = data.standings[result.standing];
  const key = data.exercises[result.exercise];
  const facts = [];
  if (result.properties) facts.push(`${result.passed ?? 0} of ${result.properties} properties`);
  if (result.untried) facts.push(`${result.untried} untried`);
  if (result.seconds) facts.push(`${result.seconds.toFixed(2)} s`);
  if (result.seed) facts.push(`on inputs of seed ${result.seed}`);
  if (result.rests) facts.push(`rests on ${result.rests.join(", ")}`);
  const points = `${result.points ?? 0} / ${result.outOf ?? 0}`;
  const line = made(
    "div",
    "line",
    sign(standing),
    linked(`#exercise-${result.exercise + 1}`, key),
    made("span", "standing", standing),
    made("span", "points", points),
    made("span", "by", facts.join(" · ")),
    result.file ? made("bdi", "file", result.file) : null,
  );
  const whole = made("li", standing.replace(" ", "-"), line);
  whole.id = `student-${number + 1}-${result.exercise + 1}`;
  whole.tabIndex = -1;
  if (result.override) {
    const { computed, reason, at } = result.override;
    const says = `Changed by hand from ${computed} to ${result.points ?? 0}: `;
    whole.append(made("p", "override", says, made("bdi", "", reason), made("small", "", ` ${at}`)));
  }
  for (const [flag, says] of result.flags ?? []) {
    whole.append(made("p", "flag", made("b", "", flag), " ", made("bdi", "", says)));
  }
  const failed = result.failed ?? [];
  const diagnoses = new Set(failed.filter((each) => each.says).map((each) => text(each.says)));
  whole.append(...[...diagnoses].map((says) => made("p", "diagnosis", says)));
  whole.append(...failed.map(property));
  return whole;
}

function list(title, lines) {
  if (!lines) return null;
  const items = lines.map((line) => made("li", "", made("bdi", "", line)));
  return made("div", "notes", made("h4", "", title), made("ul", "", ...items));
}

function section(number) {
  const student = data.students[number];
  const heading = made("h3", "", made("bdi", "", student.name));
  heading.tabIndex = -1;
  heading.id = `student-${number + 1}`;
  const facts = student.facts.map(([name, fact]) =>
    made("div", "", made("dt", "", name), made("dd", "", made("bdi", "", fact))),
  );
  const standings = data.standings
    .map((name, place) => [name, student.exercises.filter((each) => each.standing === place)])
    .filter(([, found]) => found.length)
    .map(([name, found]) => made("span", "", sign(name), `${found.length} ${name}`));
  return made(
    "article",
    "student",
    heading,
    made("p", "total", `${student.points ?? 0}`, made("small", "", ` of ${student.outOf ?? 0}`)),
    made("dl", "", ...facts),
    student.problem ? made("p", "flag", made("bdi", "", student.problem)) : null,
    made("p", "counts", ...standings),
    list("Notes", student.notes),
    list("Left aside", student.left && student.left.map(([path, why]) => `${path}: ${why}`)),
    list("Earlier submissions, which don't count", student.superseded),
    made("ol", "results", ...student.exercises.map((each) => exercise(each, number))),
  );
}

function controls(number) {
  const step = (by) => () => {
    const rows = [...body.rows].filter((row) => !row.hidden || numberOf(row) === number);
    const at = rows.findIndex((row) => numberOf(row) === number);
    const next = rows[(at + by + rows.length) % rows.length];
    location.hash = `#student-${numberOf(next) + 1}`;
  };
  const verdicts = button("Open all verdicts", () => {
    const all = [...place.querySelectorAll("details")];
    const open = all.some((each) => !each.open);
    for (const each of all) each.open = open;
    verdicts.textContent = open ? "Close all verdicts" : "Open all verdicts";
  });
  const back = linked(`#row-${number + 1}`, "Back to the class");
  const failed = data.students[number].exercises.some((each) => each.failed);
  const buttons = [button("Previous", step(-1)), button("Next", step(1))];
  return made("p", "controls", back, ...buttons, failed ? verdicts : null);
}

let opened = null;

function open(number) {
  opened = number;
  place.replaceChildren(controls(number), section(number));
  for (const row of body.rows) row.classList.toggle("open", numberOf(row) === number);
}

// Addresses: #student-3, #student-3-7 for the seventh exercise, #row-3, #exercise-7

function follow() {
  const [, thing, first] = /^#(student|row|exercise)-(\d+)/.exec(location.hash) ?? [];
  if (thing === "student" && data.students[first - 1]) open(first - 1);
  const target = document.getElementById(location.hash.slice(1));
  if (!thing || !target) return;
  if (thing === "row" && target.hidden) {
    find.value = kind.value = "";
    filter();
  }
  if (thing === "exercise") target.open = true;
  if (thing === "student") {
    for (const each of target.querySelectorAll("details")) each.open = true;
  }
  const focused = { row: "a", exercise: "summary" }[thing];
  target.scrollIntoView();
  (focused ? target.querySelector(focused) : target).focus({ preventScroll: true });
}

// Paper: every student, and all that is folded away

let shut = [];

function unfold() {
  if (place) {
    place.replaceChildren(...data.students.map((_, number) => section(number)));
  }
  shut = [...document.querySelectorAll("details:not([open])")];
  for (const each of shut) each.open = true;
}

function fold() {
  for (const each of shut) each.open = false;
  place?.replaceChildren();
  if (opened !== null) open(opened);
}

if (body) {
  body.closest("table").tHead.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) sort(chosen);
  });
  body.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-at]");
    if (!cell) return;
    location.hash = `#student-${cell.dataset.at}`;
    follow();
  });
  find.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
addEventListener("hashchange", follow);
addEventListener("beforeprint", unfold);
addEventListener("afterprint", fold);
follow();
