// The submitter's page as the tests see it: every id, word and place of `return.html` that a test relies on.

import assert from 'node:assert/strict';
import { assertFocusShown, until } from './harness.mjs';
import { ANSWERS, COLUMNS, DAYS, GROUPS, ORGANISATION, QUERY, total } from './figures.mjs';

/** Ids of fields. Those of answers are part of the return format. */
export const FIELD = {
  collection: 'collection',
  organisation: 'organisation',
  due: 'return',
  store: 'store',
  nil: 'about.nil_return',
  cell: (date, group, column) => `workforce.staffing.${date}.${group}.${column}`,
  explanation: ({ rule, row = {} }) => ['explanation', rule, ...Object.values(row)].join('.'),
  fileText: 'file-text',
  checkCode: 'check-code',
};

/** Words on buttons, and what the page says in each situation. */
export const WORDS = {
  next: 'Continue',
  seal: 'Seal and save the file',
  again: 'Save the file again',
  copy: 'Copy the file’s text',
  print: 'Print this page',
  saveDraft: 'Save a draft file',
  summary: 'There is a problem',
};

/** What only those meet who keep a key or got a receipt. */
export const SENDER = {
  keep: 'Use a sender file that you keep',
  open: 'Open the key file',
  make: 'Make a key file and save it',
  forget: 'Forget this key',
  request: 'Save the request',
  receipt: 'Open a receipt',
};

/** Order of the steps, as in the address after `#/`. */
export const STEPS = ['start', 'tasks', 'before', 'section-1', 'check', 'declaration', 'seal', 'done'];

/** The step of the first section: in the workforce return, the figures. */
export const FIGURES = 'section-1';

/** A pointer and a keyboard. */
export class Mouse {
  constructor(browser) {
    this.browser = browser;
  }

  async enter(id, text) {
    await this.browser.type(id, text);
  }

  async choose(group, value) {
    const label = await until(() => this.browser.run((name, choice) => {
      const radio = document.querySelector(`input[type=radio][name="${name}"][value="${choice}"]`);
      return radio?.labels[0];
    }, group, value), `the choice ${value} of ${group}`);
    await this.browser.session.click(label);
  }

  async activate(role, name) {
    await this.browser.click(role, name);
  }

  async leave() {
    await this.browser.press('Tab');
  }
}

/** A keyboard alone. Every stop on the way is asserted to be visible (see Browser.tabUntil). */
export class Keyboard {
  constructor(browser) {
    this.browser = browser;
  }

  async enter(id, text) {
    const { browser } = this;
    if ((await browser.focus()).id !== id) await browser.tabTo(id);
    await browser.replace(text);
  }

  async choose(group, value) {
    const { browser } = this;
    const inGroup = () => browser.run(() => document.activeElement.name);
    if (await inGroup() !== group) {
      await browser.tabUntil((focus) => focus.type === 'radio' && focus.group === group, `the choices of ${group}`);
    }
    for (let stop = 0; stop < 20; stop += 1) {
      const focus = await browser.focus();
      assertFocusShown(focus);
      if (focus.value === value) {
        if (!focus.checked) await browser.press('Space');
        return;
      }
      await browser.press('ArrowDown');
    }
    assert.fail(`the arrows never came to ${value} of ${group}`);
  }

  async activate(role, name) {
    const { browser } = this;
    if ((await browser.focus()).name !== name) await browser.tabToNamed(name);
    await browser.press('Enter');
  }

  async leave() {
    await this.browser.press('Tab');
  }
}

/** The page, used with a Mouse or a Keyboard. */
export class ReturnPage {
  /** `onStep(name)` is called when a step shows what it should, before it is left. */
  constructor(hands, { onStep } = {}) {
    this.hands = hands;
    this.browser = hands.browser;
    this.onStep = onStep ?? ((name) => this.browser.step(name));
  }

  /** Waits until a step is on the screen and the focus has been moved into it. */
  async arrive(step) {
    await until(() => this.browser.run((name) => location.hash.split('?')[0] === `#/${name}`, step), `the step ${step}`);
    await until(() => this.browser.run(() => document.querySelectorAll('h1').length === 1), 'one h1');
    await this.browser.rest();
  }

  async next(step) {
    await this.hands.activate('button', WORDS.next);
    await this.arrive(step);
    const focus = await this.browser.focus();
    assert.notEqual(focus.tag, 'body', `the focus moved into the step ${step}`);
  }

  /** Chooses collection, organisation (by any part of its name or code), return, and where asked what keeps the draft. */
  async start(collection, typed = ORGANISATION.typed, due = 'workforce_sitrep', { name, store } = {}) {
    await this.arrive('start');
    await this.onStep('start');
    await this.hands.choose(FIELD.collection, collection.id);
    await this.organisation(typed, name);
    await this.onStep('organisation-chosen');
    // Where only one return may be completed, there is nothing to choose.
    if (due) await this.hands.choose(FIELD.due, due);
    if (store) await this.hands.choose(FIELD.store, store);
    await this.onStep('return-chosen');
  }

  async organisation(typed, name = ORGANISATION.name) {
    const { browser } = this;
    await this.hands.enter(FIELD.organisation, typed);
    const offered = await until(() => browser.run(() => {
      const options = [...document.querySelectorAll('[role=option]')].filter((option) => option.getClientRects().length > 0);
      return options.length > 0 && options.map((option) => option.innerText.trim());
    }), 'organisations');
    assert.ok(offered.some((option) => option.includes(name)), `offered: ${offered.join(' · ')}`);
    await this.onStep('organisations-offered');
    for (let stop = 0; stop <= offered.length; stop += 1) {
      await browser.press('ArrowDown');
      const active = await browser.run(() => {
        const id = document.activeElement.getAttribute('aria-activedescendant');
        return id ? document.getElementById(id)?.innerText ?? '' : '';
      });
      if (active.includes(name)) break;
    }
    await browser.press('Enter');
    await until(async () => (await browser.value(FIELD.organisation)).includes(name), 'the organisation chosen');
  }

  async notNil() {
    await this.arrive('before');
    await this.onStep('before');
    await this.hands.choose(FIELD.nil, 'no');
  }

  /** What is said about a field, beside it: the texts its description points to. */
  said(id) {
    return this.browser.run((field) => {
      const element = document.getElementById(field);
      const ids = ['aria-describedby', 'aria-errormessage'].flatMap((name) => (element.getAttribute(name) ?? '').split(/\s+/));
      return {
        wrong: element.getAttribute('aria-invalid') === 'true',
        text: ids.filter(Boolean).map((other) => document.getElementById(other)?.innerText ?? '').join('\n').trim(),
      };
    }, id);
  }

  /** Waits until something is wrong with a field and the sentence beside it matches. */
  async waitForFault(id, pattern) {
    return until(async () => {
      const { wrong, text } = await this.said(id);
      if (wrong && pattern.test(text)) return text;
      throw new Error(`wrong: ${wrong}, said: ${JSON.stringify(text)}`);
    }, `${pattern} beside ${id}`);
  }

  async waitForNoFault(id) {
    await until(async () => !(await this.said(id)).wrong, `nothing wrong with ${id}`);
  }

  /** Presses Continue where something is wrong; answers the links of the error summary, `{ id: text }`. */
  async refused(step) {
    const { browser } = this;
    await this.hands.activate('button', WORDS.next);
    const links = await until(() => browser.run(() => {
      const summary = document.querySelector('.nhsuk-error-summary');
      if (!summary || !summary.contains(document.activeElement)) return undefined;
      return Object.fromEntries([...summary.querySelectorAll('a[href^="#"]')]
        .map((link) => [link.getAttribute('href').slice(1), link.innerText.trim()]));
    }), 'an error summary with the focus');
    await this.arrive(step);
    assert.match(await browser.text('.nhsuk-error-summary'), new RegExp(WORDS.summary));
    assert.match(await browser.run(() => document.title), /^Error: /);
    return links;
  }

  /** Follows a link of the error summary; the field it names must get the focus. */
  async follow(links, id) {
    await this.hands.activate('link', links[id]);
    await until(async () => (await this.browser.focus()).id === id, `the focus on ${id}`);
  }

  /** Types every figure. `slips` is `{ id: { typed, pattern } }`: typed first, seen to be refused, then mended. */
  async figures(slips = {}) {
    await this.arrive(FIGURES);
    await this.onStep('figures-empty');
    for (const [date, groups] of Object.entries(DAYS)) {
      for (const [row, figures] of groups.entries()) {
        for (const [place, column] of COLUMNS.entries()) {
          const id = FIELD.cell(date, GROUPS[row], column);
          const slip = slips[id];
          await this.hands.enter(id, slip ? slip.typed : String(figures[place]));
          if (slip?.atOnce) await this.mendAtOnce(id, slip, String(figures[place]));
        }
      }
    }
    await this.hands.leave();
  }

  /** A slip that is seen on leaving the cell: what was typed stays, a sentence says what to type, and it is mended. */
  async mendAtOnce(id, { typed, pattern }, figure) {
    await this.hands.leave();
    await this.waitForFault(id, pattern);
    assert.equal(await this.browser.value(id), typed, 'what was typed stays');
    await this.onStep('slip-in-a-cell');
    await this.browser.press('Tab', 'Shift');
    assert.equal((await this.browser.focus()).id, id, 'Shift+Tab goes back to the cell');
    await this.browser.replace(figure);
    await this.waitForNoFault(id);
  }

  async totalsShown() {
    for (const date of Object.keys(DAYS)) {
      for (const column of COLUMNS) {
        const sum = total(date, column);
        await this.browser.waitForText(new RegExp(`(^|\\s)${sum}(\\s|$)`, 'm'));
      }
    }
  }

  /** Explains the one query. */
  async explain(text = ANSWERS.explanation) {
    await this.arrive('check');
    const asked = await this.browser.run(() => [...document.querySelectorAll('textarea[id^="explanation."]')].map(({ id }) => id));
    assert.deepEqual(asked, [FIELD.explanation(QUERY)], 'what the page asks to be explained');
    await this.onStep('check');
    await this.hands.enter(FIELD.explanation(QUERY), text);
    await this.onStep('explained');
  }

  /** Explains these queries, which are all that the page asks about. */
  async explainAll(queries) {
    const boxes = await this.browser.run(() => [...document.querySelectorAll('textarea[id^="explanation."]')].map(({ id }) => id));
    assert.deepEqual(boxes, queries.map(FIELD.explanation), 'what the page asks to be explained');
    for (const query of queries) await this.hands.enter(FIELD.explanation(query), query.text);
    if (queries.length > 0) await this.onStep('explained');
  }

  /** Types a London date and time, like 2023-07-28T10:30, into the boxes for its parts. */
  async moment(id, text) {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(.+)$/.exec(text);
    for (const [part, typed] of Object.entries({ day, month, year, time })) {
      await this.hands.enter(`${id}.${part}`, typed);
    }
  }

  async declare({ late, agreedAt }) {
    await this.arrive('declaration');
    await this.onStep('declaration');
    await this.hands.enter('about.submitter_name', ANSWERS.submitter_name);
    await this.hands.enter('about.submitter_role', ANSWERS.submitter_role);
    await this.hands.enter('about.submitter_email', ANSWERS.submitter_email);
    await this.hands.enter('declared.signoff_name', ANSWERS.signoff_name);
    await this.hands.choose('declared.signoff_role', 'duty_director');
    await this.hands.choose('declared.signoff_how', 'by_phone');
    await this.moment('declared.signoff_at', agreedAt);
    if (late) await this.hands.enter('about.late_reason', ANSWERS.late_reason);
    await this.onStep('declaration-filled');
  }

  async seal() {
    await this.arrive('seal');
    await this.onStep('seal');
    await this.hands.activate('button', WORDS.seal);
    await this.arrive('done');
    await this.onStep('done');
  }

  /** Start, and the question before the figures. */
  async toFigures(collection, typed) {
    await this.start(collection, typed);
    await this.fromStartToFigures();
  }

  async fromStartToFigures() {
    await this.next('tasks');
    await this.onStep('tasks');
    await this.next('before');
    await this.notNil();
    await this.next(FIGURES);
  }

  /** The whole way, without slips; answers nothing. */
  async toDone(collection, { late = false, agreedAt, typed } = {}) {
    await this.toFigures(collection, typed);
    await this.figures();
    await this.toDoneFromFigures({ late, agreedAt });
  }

  async toDoneFromFigures({ late, agreedAt }) {
    await this.next('check');
    await this.explain();
    await this.next('declaration');
    await this.declare({ late, agreedAt });
    await this.next('seal');
    await this.seal();
  }

  checkCode() {
    return this.browser.text(`#${FIELD.checkCode}`);
  }

  fileText() {
    return this.browser.value(FIELD.fileText);
  }
}

/** In the page: its width, whether it scrolls sideways, and what is over its edge outside a frame that scrolls by itself. */
export function overflow() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  const inFrame = (element) => element !== null
    && (getComputedStyle(element).overflowX !== 'visible' || inFrame(element.parentElement));
  return {
    window: innerWidth,
    scrolls: scrollWidth > clientWidth,
    over: [...document.querySelectorAll('main *')].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > clientWidth + 1 && !inFrame(element.parentElement);
    }).slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
  };
}

/** London wall-clock time as the page takes it, `minutes` ago. */
export function londonClock(minutes = 0) {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short',
  }).format(new Date(Date.now() - minutes * 60_000));
  return parts.replace(' ', 'T');
}
