// “Text in to verdict out” of DESIGN.md 8, in JavaScript: a workforce SitRep of 144 figures through pkg/module, against JSON.parse of
// the same text, in one process. `cargo xtask bench` runs it, and passes the most it may take, in hundredths of JSON.parse. The text
// has the line breaks of a file as it is saved.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./engine.mjs";

const [most] = process.argv.slice(2).map(Number);
const AT = "2023-07-28T10:40:00+01:00";
const ROUNDS = 40;
const TIMES = 50;

const program = process.env.IA_RETURNS ?? join(ROOT, "target/debug/ia-returns");
const { stdout, status, stderr } = spawnSync(program, ["collection", "build", "benches/twelve-groups.toml"], { cwd: ROOT, encoding: "utf8" });
if (status !== 0) throw new Error(stderr);

const { ready, shipped, check } = await import(join(ROOT, "pkg/module/index.js"));
await ready([...shipped, { kind: "collection", id: "twelve-groups", json: stdout }]);
const hash = (text) => createHash("sha256").update(text).digest("hex");
const collection = JSON.parse(stdout);
const template = shipped.find(({ kind, id }) => kind === "template" && id === "workforce_sitrep");

/** The same figures as in benches/check.rs: one row gives rise to a query. */
function draft() {
  const file = JSON.parse(readFileSync(join(ROOT, "tests/data/drafts/rx1-complete.json"), "utf8"));
  file.draft.collection = { id: collection.id, sha256: hash(stdout) };
  file.draft.template.sha256 = hash(template.json);
  file.draft.explanations = [];
  file.draft.answers.about.action_id = [collection.action[0].id];
  file.draft.answers.about.action_end = collection.action[0].ends;
  const { days, staff_groups: groups } = collection.lists;
  file.draft.answers.workforce.staffing = days.flatMap(({ id: strike_date }, day) => groups.map(({ id: staff_group }, group) => {
    const due = 40 + 17 * group + day;
    return {
      absent_ia: Math.floor(due / 2), absent_other: Math.floor(due / (day === 0 && group === 3 ? 4 : 20)), due_to_work: due, staff_group,
      strike_date, working_derogation: Math.floor(due / 8),
    };
  }));
  return JSON.stringify(file, null, 2);
}

const text = draft();
const found = check(text, { at: AT });
if (!found.findings.some(({ rule }) => rule === "BQ04")) throw new Error(`another return than was meant: ${JSON.stringify(found)}`);

/** The least time of one call, in microseconds, over rounds of many: what else the computer does only adds to it. */
function least(act) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    for (let time = 0; time < TIMES; time += 1) act();
    best = Math.min(best, (performance.now() - begun) / TIMES);
  }
  return best * 1_000;
}

const parse = () => JSON.parse(text);
const verdict = () => check(text, { at: AT });
for (const act of [parse, verdict]) least(act); // warm
const [floor, took] = [least(parse), least(verdict)];
const ratio = Math.ceil((took / floor) * 100);
const words = (hundredths) => (hundredths / 100).toFixed(2);
console.log(`${text.length} characters, ${found.findings.length} findings: JSON.parse ${floor.toFixed(1)} µs, text in to verdict out ${took.toFixed(1)} µs, ratio ${words(ratio)}`);
if (ratio > most) {
  console.error(`the design allows ${words(most)}`);
  process.exitCode = 1;
}
