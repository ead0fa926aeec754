// The engine of the pages under Node: what `cargo xtask build` made, driven by events as `www/` does it, without a browser.

import { existsSync, readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { ANSWERS, COLUMNS, DAYS, GROUPS } from "../browser/figures.mjs";
import { ROOT } from "./engine.mjs";

const WORK = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "xtask");

/** What the build made of the engine: paths. */
export const BUILT = {
  glue: join(WORK, "engine/ia_returns_bg.js"),
  wasm: join(WORK, "engine/ia_returns.wasm"),
  second: join(WORK, "second/second.js"),
  translated: join(WORK, "second/translated.js"),
  page: join(ROOT, "pkg/return.html"),
};

/** Why the engine of the pages cannot be tested; undefined when it can. */
export const missing = Object.values(BUILT).every(existsSync) ? undefined : "“cargo xtask build” was not run";

/** An instance of the glue of its own, after `change` of its text. */
async function glueOf(change = (text) => text) {
  const file = join(mkdtempSync(join(tmpdir(), "ia-returns-glue-")), "glue.mjs");
  writeFileSync(file, change(readFileSync(BUILT.glue, "utf8")));
  return import(pathToFileURL(file));
}

const imports = (glue) => ({ "./ia_returns_bg.js": glue });

/** The engine in WebAssembly: `{ glue, exports }`. */
export async function wasm() {
  const glue = await glueOf();
  const { instance } = await WebAssembly.instantiate(readFileSync(BUILT.wasm), imports(glue));
  glue.__wbg_set_wasm(instance.exports);
  return { glue, exports: instance.exports };
}

/** The second engine, the same; after changes of its own text and of the glue's. */
export async function second({ script = (text) => text, change } = {}) {
  const glue = await glueOf(change);
  runInThisContext(script(readFileSync(BUILT.second, "utf8")));
  const exports = globalThis.iaReturnsSecond()(imports(glue));
  glue.__wbg_set_wasm(exports);
  return { glue, exports };
}

/** All documents of the page: `{ kind, id, text, first }`; the first ones stand in it unpacked. */
function documents() {
  const html = readFileSync(BUILT.page, "utf8");
  const blocks = html.matchAll(/<script type="([^"]+)" data-block="([^"]+)" data-id="([^"]+)">([^<]*)<\/script>/g);
  return [...blocks].map(([, type, kind, id, text]) => {
    const first = type === "application/json";
    return { kind, id, first, text: first ? text : gunzipSync(Buffer.from(text, "base64")).toString("utf8") };
  });
}

const DOCUMENTS = documents();
/** As many answers of a return say what more would, and a self-assessment has thousands. */
const MOST = 100;

/** The clock: another time, in as many letters more, whenever it is asked again. */
const clock = (asked) => (asked === 0 ? "2023-07-28T09:40:00Z" : `2023-07-28T09:40:01.${"0".repeat(asked % 3 + 1)}Z`);

/** A page that runs on an engine: events go in, and everything that is asked for is written down. */
export class Page {
  log = [];

  drawn = "";

  address = "";

  saved = [];

  #asked = [];

  #answered = new Set();

  constructor({ glue, exports }) {
    Object.assign(this, { glue, exports });
    let asked = 0;
    globalThis.iaReturns = {
      ask: (...effect) => this.#asked.push(effect),
      now: () => {
        asked += 1;
        return clock(asked - 1);
      },
      secret: (bytes) => { bytes.fill(7); return true; },
    };
    for (const { kind, id, text, first } of DOCUMENTS) if (first) glue.document(kind, id, text);
    this.happen("start", "the same", "");
  }

  happen(what, id = "", text = "") {
    this.log.push(["in", what, id, text]);
    this.glue.handle(what, id, text);
    for (const effect of this.#asked.splice(0)) {
      this.log.push(effect);
      this.#do(effect);
    }
  }

  #do([what, one, two, three]) {
    if (what === "draw") this.drawn = one;
    if (what === "replace") this.drawn += two;
    if (what === "address" || what === "address-instead") this.address = one;
    if (what === "save") this.saved.push(two);
    if (what === "load") {
      const wanted = DOCUMENTS.filter(({ kind, id }) => (kind === "plan" && id === three) || (kind === one && id === two));
      for (const { kind, id, text } of wanted) this.glue.document(kind, id, text);
      this.happen("loaded");
    }
  }

  type(id, text) {
    this.happen("input", id, text);
    this.happen("left", id);
  }

  start(collection, due) {
    this.happen("chosen", "collection", collection);
    this.happen("input", "organisation", "nottingham univ");
    this.happen("key", "organisation", "ArrowDown");
    this.happen("key", "organisation", "Enter");
    this.happen("chosen", "return", due);
    this.happen("pressed", "continue");
    this.happen("pressed", "continue");
  }

  /** A workforce return from start to a sealed file. */
  seal() {
    this.start("sor-2023-07", "workforce_sitrep");
    this.happen("chosen", "about.nil_return", "no");
    this.happen("pressed", "continue");
    for (const [day, rows] of Object.entries(DAYS)) {
      rows.forEach((figures, row) => COLUMNS.forEach((column, place) => {
        this.type(`workforce.staffing.${day}.${GROUPS[row]}.${column}`, String(figures[place]));
      }));
    }
    this.happen("pressed", "continue");
    this.type("explanation.BQ04.2023-07-25.therapeutic_radiographer", ANSWERS.explanation);
    this.happen("pressed", "continue");
    for (const name of ["submitter_name", "submitter_role", "submitter_email"]) this.type(`about.${name}`, ANSWERS[name]);
    this.type("declared.signoff_name", ANSWERS.signoff_name);
    this.happen("chosen", "declared.signoff_role", "duty_director");
    this.happen("chosen", "declared.signoff_how", "by_phone");
    for (const [part, text] of Object.entries({ day: "28", month: "7", year: "2023", time: "10:30" })) {
      this.type(`declared.signoff_at.${part}`, text);
    }
    this.happen("pressed", "continue");
    this.happen("pressed", "seal");
    return this;
  }

  /** Answers everything that is asked, step by step, with figures that are no particular ones. */
  fill(collection, due) {
    this.start(collection, due);
    for (const step of ["before", "section-1", "section-2", "section-3", "section-4", "section-5", "check", "declaration"]) {
      this.happen("address", "", `#/${step}`);
      this.#answer();
      this.happen("pressed", "continue");
    }
    return this;
  }

  #answer() {
    for (const [tag, kind] of this.drawn.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
      const attribute = (name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
      const [type, id, group] = [attribute("type"), attribute("id"), attribute("name")];
      const which = type === "radio" ? group : id;
      if (this.#answered.has(which) || this.#answered.size >= MOST) continue;
      this.#answered.add(which);
      if (type === "radio") {
        this.happen("chosen", group, attribute("value"));
      } else if (type === "checkbox") {
        this.happen("chosen", id, attribute("value"));
      } else if (id && kind !== "select") {
        const date = { day: "26", month: "7", year: "2023", time: "10:30" }[id.split(".").pop()];
        this.type(id, date ?? (kind === "textarea" ? "As agreed: 3 × 4." : String((this.#answered.size * 7) % 50)));
      }
    }
  }
}

/** Every template, in a round that has been and in practice: `[collection, template]`. */
export const ROUNDS = DOCUMENTS.filter(({ kind, id }) => kind === "collection" && ["sor-2023-07", "practice"].includes(id))
  .flatMap(({ id, text }) => [...new Set(JSON.parse(text).return.map(({ template }) => template))].map((due) => [id, due]));
