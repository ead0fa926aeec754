// Answers of any return, typed where the page asks for them: each by the kind of control that stands there.

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { PRACTICE } from './built.mjs';
import { until } from './harness.mjs';
import { londonClock } from './pages.mjs';
import { RETURNS } from './whole.mjs';

/** `{ id, answer }` for every answer of a section, in the order of the page; rows that people add are `add`ed first. */
function* answersOf(section, fields) {
  for (const [field, answer] of Object.entries(fields)) {
    const id = `${section}.${field}`;
    if (answer?.rows === undefined) {
      yield { id, answer };
      continue;
    }
    for (const [place, row] of answer.rows.entries()) {
      const keys = answer.keys.length > 0 ? answer.keys.map((key) => row[key]) : [place + 1];
      if (answer.keys.length === 0) yield { add: `${id}-add` };
      for (const [column, cell] of Object.entries(row)) {
        if (!answer.keys.includes(column)) yield { id: [id, ...keys, column].join('.'), answer: cell };
      }
    }
  }
}

/** What stands on the screen for a question: `radio`, `checkbox`, `select`, `date`, `moment`, `text`; undefined before it is asked. */
function kindOf(id) {
  const isSeen = (element) => element && element.getClientRects().length > 0;
  const all = (css) => [...document.querySelectorAll(css)].filter(isSeen);
  const name = CSS.escape(id);
  if (all(`input[type=radio][name="${name}"]`).length > 0) return 'radio';
  if (all(`input[type=checkbox][id^="${name}."]`).length > 0) return 'checkbox';
  if (isSeen(document.getElementById(`${id}.time`))) return 'moment';
  if (isSeen(document.getElementById(`${id}.day`))) return 'date';
  const element = document.getElementById(id);
  if (!isSeen(element)) return undefined;
  return element.tagName === 'SELECT' ? 'select' : 'text';
}

/** Fills the fields of one section into the step that is on the screen. */
export async function fill(form, section, fields) {
  const { browser } = form;
  for (const { add, id, answer } of answersOf(section, fields)) {
    if (add) {
      await browser.click('button', await browser.run((button) => document.getElementById(button).innerText.trim(), add));
      continue;
    }
    const kind = await until(() => browser.run(kindOf, id), `the question ${id}`);
    await FILL[kind](form, id, answer);
  }
  await form.hands.leave();
}

const FILL = {
  radio: ({ hands }, id, answer) => hands.choose(id, { true: 'yes', false: 'no' }[answer] ?? answer),

  /** Ticks what is wanted and unticks what is not. */
  async checkbox({ browser }, id, wanted) {
    const boxes = await browser.run((start) => [...document.querySelectorAll(`input[type=checkbox][id^="${CSS.escape(start)}."]`)]
      .map((box) => ({ option: box.id.slice(start.length + 1), checked: box.checked })), id);
    for (const { option, checked } of boxes) {
      if (checked === wanted.includes(option)) continue;
      await browser.session.click(await browser.run((box) => document.getElementById(box).labels[0], `${id}.${option}`));
    }
  },

  /** Opens the list and types the words of the option, as far as they are needed. */
  async select({ browser }, id, answer) {
    const words = await browser.run((field, value) => {
      const select = document.getElementById(field);
      select.focus();
      return [...select.options].find((option) => option.value === value)?.text;
    }, id, answer);
    assert.ok(words, `${id} offers ${answer}`);
    await browser.keys(words);
    assert.equal(await browser.value(id), answer, `what was typed chooses ${answer} of ${id}`);
  },

  async date({ hands }, id, answer) {
    const [year, month, day] = answer.split('-');
    for (const [part, typed] of Object.entries({ day, month, year })) await hands.enter(`${id}.${part}`, typed);
  },

  moment: (form, id, answer) => form.moment(id, answer),

  text: ({ hands }, id, answer) => hands.enter(id, String(answer)),
};

/** Fills in and seals one of the whole returns, on a page that is open at its start; answers what was typed. */
export async function complete(form, name) {
  const { template = name, only = false, organisation, sensitive = false, steps, answers, queries = [] } = RETURNS[name];
  const { about, ...sections } = answers;
  await form.start(PRACTICE, organisation.typed, only ? '' : template, { name: organisation.name, store: sensitive && 'computer' });
  await form.next('tasks');
  await form.onStep('tasks');
  const numbered = Object.keys(sections).map((_, place) => `section-${place + 1}`);
  // Where nothing is asked before the sections, there is no such step.
  for (const [place, step] of [...(about ? ['before'] : []), ...steps ?? numbered].entries()) {
    await form.next(step);
    const section = Object.keys(answers)[place];
    if (place === 0) await form.onStep(`${step}-empty`);
    await fill(form, section, answers[section]);
    await form.onStep(step);
  }
  await form.next('check');
  await form.onStep('check');
  await form.explainAll(queries);
  await form.next('declaration');
  const agreedAt = londonClock(30);
  await form.declare({ agreedAt });
  await form.next('seal');
  await form.seal();
  return { template, organisation, answers, queries, agreedAt };
}

/** What was typed is in the answers of a file; of a table every other row is empty. */
export function assertAnswers(found, wanted) {
  for (const [section, fields] of Object.entries(wanted)) {
    for (const [field, answer] of Object.entries(fields)) {
      const stored = found[section]?.[field];
      if (answer?.rows === undefined) {
        assert.deepEqual(stored, answer, `${section}.${field}`);
        continue;
      }
      const same = (row, other) => answer.keys.every((key) => row[key] === other[key]);
      const typed = answer.keys.length === 0 ? stored : stored.filter((row) => answer.rows.some((other) => same(row, other)));
      assert.deepEqual(typed, answer.rows, `${section}.${field}`);
      const empty = stored.filter((row) => !typed.includes(row));
      const blank = (row) => isDeepStrictEqual(Object.keys(row), answer.keys);
      assert.ok(empty.every(blank), `nobody typed ${JSON.stringify(empty.filter((row) => !blank(row)))}`);
    }
  }
}
