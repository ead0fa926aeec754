// “Check this computer”: tries what the page needs, really, and says what to ask an IT team for. It stands at the foot of the page
// and on the front page, is built without markup text, and works when the engine does not.

import { deleteDB, openDB } from "idb";
import { asks, report, rows } from "./computer-report.js";
import { saveFile } from "./notice.js";

const NAME = "ia-returns-check";

/** The smallest module there is: eight bytes that every WebAssembly takes. */
const MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

async function engine() {
  try {
    await WebAssembly.instantiate(MODULE);
    return "wasm";
  } catch {
    return "script";
  }
}

async function database(value) {
  const late = new Promise((_, reject) => setTimeout(reject, 10_000, new Error("no answer")));
  const there = openDB(NAME, 1, { upgrade: (db) => void db.createObjectStore("tries") });
  const db = await Promise.race([there, late]);
  try {
    await db.put("tries", value, "one");
    if ((await db.get("tries", "one")) !== value) throw new Error("another value");
  } finally {
    db.close();
    await deleteDB(NAME);
  }
}

function simple(value) {
  localStorage.setItem(NAME, value);
  const is = localStorage.getItem(NAME);
  localStorage.removeItem(NAME);
  if (is !== value) throw new Error("another value");
}

/** What was written can be read back, or it was not kept. */
async function storage() {
  const value = String(Math.random());
  for (const [kind, act] of Object.entries({ database, simple })) {
    try {
      await act(value);
      return kind;
    } catch {
      // The next.
    }
  }
  return "none";
}

function random() {
  try {
    const [one, other] = [1, 2].map(() => crypto.getRandomValues(new Uint8Array(32)).join());
    return one !== other && /[1-9]/.test(one) ? "yes" : "no";
  } catch {
    return "no";
  }
}

/** The time in words, here or in a zone. */
function clock(now, timeZone) {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(now);
}

function from() {
  const { protocol, origin } = window.location;
  if (protocol === "file:") return "a file on this computer or a share";
  return window.isSecureContext ? origin : `${origin}, not encrypted`;
}

/** What can be found without asking. */
async function look() {
  const now = new Date();
  const year = now.getFullYear();
  return {
    engine: await engine(),
    storage: await storage(),
    random: random(),
    download: "untried",
    print: "untried",
    copy: "untried",
    clock: year >= 2023 && year <= 2050 ? "good" : "old",
    local: clock(now),
    london: clock(now, "Europe/London"),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "not known",
    from: from(),
    host: window.location.hostname || "this page",
    browser: navigator.userAgent,
  };
}

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function button(label, act) {
  const made = element("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small", label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** The rows, and what to ask for. */
function shown(found) {
  const list = element("dl", "nhsuk-summary-list");
  for (const [title, words] of rows(found)) {
    list.append(
      element("div", "nhsuk-summary-list__row",
        element("dt", "nhsuk-summary-list__key", title), element("dd", "nhsuk-summary-list__value", words)),
    );
  }
  const wanted = asks(found);
  const ask = wanted.length > 0
    ? element("ul", "nhsuk-list nhsuk-list--bullet", ...wanted.map((words) => element("li", "", words)))
    : element("p", "", "Nothing so far.");
  return [list, element("h3", "nhsuk-heading-s", "To ask your IT team for"), ask];
}

/** Puts the panel into `place`. */
export function panel(place) {
  let found;
  const results = element("div");
  const tries = element("div", "ia-tries");
  const said = element("p");
  said.setAttribute("role", "status");
  const text = element("textarea", "nhsuk-textarea");
  Object.assign(text, { id: "computer-report", readOnly: true, rows: 12 });
  const label = element("label", "nhsuk-label", "Report for your IT team");
  label.htmlFor = text.id;

  function show(words = "") {
    results.replaceChildren(...shown(found));
    text.value = report(found);
    said.textContent = words;
  }

  function note(name, value, words) {
    found[name] = value;
    show(words);
  }

  /** Asks the person about what only they can see; what they pressed has the focus again when they have answered. */
  function ask(name, words, [yes, no], pressed) {
    const answered = (value) => {
      question.replaceChildren();
      pressed.focus();
      note(name, value, "Noted.");
    };
    note(name, "pressed", words);
    question.replaceChildren(button(yes, () => answered("yes")), " ", button(no, () => answered("no")));
  }

  function save() {
    saveFile("ia-returns-test.json", `{"test": "It works: you can delete this file."}\n`);
    const words = "Look for the file ia-returns-test.json in your downloads. Did it arrive?";
    ask("download", words, ["Yes, the file arrived", "No file arrived"], saveButton);
  }

  function print() {
    window.print();
    const words = "Did a window open in which you can print? You can close it again.";
    ask("print", words, ["Yes, the print window opened", "No print window opened"], printButton);
  }

  function copy() {
    text.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      // Where it is switched off, the text is selected all the same.
    }
    note("copy", done ? "yes" : "no", done ? "The report is copied." : "Copy the report with Ctrl and C.");
    copyButton.focus();
  }

  const saveButton = button("Save a test file", save);
  const copyButton = button("Copy the report", copy);
  const printButton = button("Print this page", print);
  const question = element("div");
  tries.append(saveButton, " ", printButton, said, question);
  const after = element("div", "", results, tries, label, text, copyButton);
  after.hidden = true;

  const begin = button("Check this computer", async () => {
    begin.disabled = true;
    found = await look();
    begin.disabled = false;
    after.hidden = false;
    question.replaceChildren();
    show("Checked. Try the buttons too: only you can see what they do.");
  });
  place.append(
    element("p", "", "This tries what the page needs and shows what to ask your IT team for. Nothing is sent."), begin, after);
  // What happens in here is no event of the page's.
  for (const type of ["change", "click", "focusout", "input", "keydown", "paste"]) {
    place.addEventListener(type, (event) => event.stopPropagation());
  }
}
