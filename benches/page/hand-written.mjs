// The floor: the same fields with the same checks, as somebody who knows the web well would write that one page by hand. No
// engine, no templates, no drafts, no seal: plain HTML, and a script that knows these four columns and nothing else.

import { COLUMNS, SIZES, cellId, dates, groupLabel, groups, label } from './data.mjs';

const HEADINGS = [
  'Due to start a shift', 'Absent because of this action', 'Absent for other reasons (optional)',
  'At work under agreed cover (optional)', 'At work', 'Taking part',
];

const cell = (date, group, column, place) => `<td class="ia-figures__cell"><label class="ia-figures__label" for="${cellId(date, group, column)}">${HEADINGS[place]}<span class="nhsuk-u-visually-hidden">, ${groupLabel(group)}, ${label(date)}</span></label><input class="nhsuk-input nhsuk-input--width-5" id="${cellId(date, group, column)}" type="text" inputmode="numeric" autocomplete="off" spellcheck="false"></td>`;

const calculated = '<td class="ia-figures__cell ia-figures__cell--value"><span></span></td>';

const row = (date, group) => `<tbody><tr class="ia-figures__row"><th class="ia-figures__name" scope="row">${groupLabel(group)}</th>${
  COLUMNS.map((column, place) => cell(date, group, column, place)).join('')}${calculated}${calculated}</tr></tbody><tbody class="said"></tbody>`;

const dateTable = (date, staff) => `<h2 class="nhsuk-heading-m" id="title-${date}">${label(date)}</h2>
<p>Count every shift that starts on this date.</p>
<table class="ia-figures" aria-labelledby="title-${date}"><thead><tr><th class="ia-figures__head" scope="col">Staff group</th>${
  HEADINGS.map((heading) => `<th class="ia-figures__head ia-figures__head--number" scope="col">${heading}</th>`).join('')}</tr></thead>
${staff.map((group) => row(date, group)).join('\n')}
<tfoot><tr class="ia-figures__row ia-figures__row--total"><th class="ia-figures__name" scope="row">Total for the date</th>${
  HEADINGS.slice(0, 5).map(() => calculated).join('')}<td></td></tr></tfoot></table>`;

const totals = (staff) => `<h2 class="nhsuk-heading-m">Totals</h2><table class="ia-figures" id="by-group"><thead><tr><th class="ia-figures__head" scope="col">Staff group</th>${
  HEADINGS.slice(0, 5).map((heading) => `<th class="ia-figures__head ia-figures__head--number" scope="col">${heading}</th>`).join('')}</tr></thead><tbody>${
  [...staff.map(groupLabel), 'All dates'].map((name) => `<tr class="ia-figures__row"><th class="ia-figures__name" scope="row">${name}</th>${HEADINGS.slice(0, 5).map(() => calculated).join('')}</tr>`).join('')
}</tbody></table><p>Most absent because of this action on one date: <span id="peak"></span></p>`;

/** What the page runs. Sent as text, so it uses nothing outside itself. */
function script() {
  const COUNT = 4;
  const NAMES = ['Due to start a shift', 'Absent because of this action', 'Absent for other reasons', 'At work under agreed cover'];
  const tables = [...document.querySelectorAll('main table:not(#by-group)')];
  const perDate = tables[0].querySelectorAll('tbody:not(.said)').length;
  const rows = [];
  for (const [date, table] of tables.entries()) {
    for (const body of table.querySelectorAll('tbody:not(.said)')) {
      const inputs = [...body.querySelectorAll('input')];
      const shown = [...body.querySelectorAll('.ia-figures__cell--value span')];
      const name = `“${body.querySelector('th').textContent}”, ${table.previousElementSibling.previousElementSibling.textContent}`;
      rows.push({
        date, group: rows.length % perDate, name, inputs, shown, said: body.nextElementSibling,
        figures: inputs.map(() => undefined), mistaken: inputs.map(() => false), left: inputs.map(() => false), visited: false, findings: '',
      });
    }
  }
  const at = new Map();
  for (const [number, { inputs }] of rows.entries()) inputs.forEach((input, column) => at.set(input.id, [number, column]));
  const spans = (root) => [...root.querySelectorAll('.ia-figures__cell--value span')];
  const feet = tables.map((table) => spans(table.tFoot));
  const byGroup = [...document.querySelectorAll('#by-group tbody tr')].map(spans);
  const peak = document.getElementById('peak');
  const toDo = document.getElementById('to-do');

  const words = (number) => number.toLocaleString('en-GB');
  const show = (place, text) => { if (place.textContent !== text) place.textContent = text; };
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  function read(text) {
    const tidy = text.trim().replace(/,(?=\d{3}\b)/g, '');
    if (tidy === '') return { figure: undefined, mistaken: false };
    return /^\d{1,15}$/.test(tidy) ? { figure: Number(tidy), mistaken: false } : { figure: undefined, mistaken: true };
  }

  const atWork = ([due, absent, other]) => (due === undefined || absent === undefined || other === undefined ? undefined : due - absent - other);

  /** What the rules say of a row: `[column, severity, text]`. */
  function rules({ name, figures, mistaken }) {
    const [due, absent, other, cover] = figures;
    const said = [];
    mistaken.forEach((is, column) => { if (is) said.push([column, 'error', `${name}: “${NAMES[column]}” must be a whole number, like 12`]); });
    if (absent > due) said.push([1, 'error', `${name}: “${NAMES[1]}” is ${absent}, more than the ${due} due to start a shift. Change one of the two figures.`]);
    else if (absent + other > due) said.push([2, 'error', `${name}: ${absent} absent because of this action and ${other} for other reasons make ${absent + other}, more than the ${due} due to start a shift. Change one of the three figures.`]);
    if (cover > atWork(figures)) said.push([3, 'error', `${name}: “${NAMES[3]}” is ${cover}, more than the ${atWork(figures)} at work. Change it, or check the figures for staff due and absent.`]);
    if (due === 0) said.push([0, 'query', `${name}: “${NAMES[0]}” is 0 on a whole day of action. Say what explains it.`]);
    if (due >= 1 && due <= 7 && absent > 0 && absent <= due) said.push([0, 'note', `${name}: ${absent} of ${due} were absent because of this action. So small a figure could point to a person.`]);
    if (due > 0 && other <= due && other * 100 > 15 * due) said.push([2, 'query', `${name}: “${NAMES[2]}” is ${other} of the ${due} due to start a shift. We ask about more than 15%. If the figure is right, say what explains it.`]);
    if (due >= 20 && absent <= due && (absent * 100 > 95 * due || absent * 100 < 5 * due)) said.push([1, 'query', `${name}: “${NAMES[1]}” is ${absent} of the ${due} due to start a shift. Check both figures. If they are right, say what explains it.`]);
    return said;
  }

  /** The share that took part differs much between two dates. */
  function pairs(group) {
    const same = rows.filter((row) => row.group === group);
    const said = new Map();
    for (let one = 0; one < same.length; one += 1) {
      for (let other = one + 1; other < same.length; other += 1) {
        const [due, absent] = same[one].figures;
        const [later, gone] = same[other].figures;
        if (due >= 20 && later >= 20 && absent <= due && gone <= later && Math.abs(absent * later - gone * due) * 100 > 25 * due * later) {
          said.set(same[other], [1, 'query', `${same[other].name}: the share absent because of this action differs by more than 25 percentage points from ${same[one].name}. If the figures are right, say what explains the change.`]);
        }
      }
    }
    return { same, said };
  }

  function say(row, paired) {
    const findings = rules(row);
    if (paired) findings.push(paired);
    const visible = findings.filter(([column]) => (row.mistaken[column] ? row.left[column] : row.visited));
    const html = visible.map(([column, severity, text]) => `<span class="ia-messages" id="${row.inputs[column].id}-message"><span class="${severity === 'error' ? 'nhsuk-error-message' : 'ia-message'}" data-severity="${severity}">${escape(text)}</span></span>`).join('');
    if (html === row.findings) return;
    row.findings = html;
    row.said.innerHTML = html && `<tr class="ia-figures__row"><td class="ia-figures__said" colspan="7">${html}</td></tr>`;
    row.inputs.forEach((input, column) => {
      const own = visible.filter(([its]) => its === column);
      const wrong = own.some(([, severity]) => severity === 'error');
      if (wrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
      if (own.length > 0) input.setAttribute('aria-describedby', `${input.id}-message`);
      else input.removeAttribute('aria-describedby');
      input.classList.toggle('nhsuk-input--error', wrong);
    });
  }

  function sum(some, of) {
    let [total, unknown] = [0, 0];
    for (const row of some) {
      const figure = of(row);
      if (figure === undefined) unknown += 1;
      else total += figure;
    }
    return { total, unknown };
  }

  const column = (place) => (place < COUNT ? (row) => row.figures[place] : (row) => atWork(row.figures));
  const sumWords = ({ total, unknown }) => `${words(total)}${unknown > 0 ? ` ${unknown} blank` : ''}`;

  function totalsOf({ date, group }) {
    for (let place = 0; place <= COUNT; place += 1) {
      show(feet[date][place], sumWords(sum(rows.filter((row) => row.date === date), column(place))));
      show(byGroup[group][place], sumWords(sum(rows.filter((row) => row.group === group), column(place))));
      show(byGroup.at(-1)[place], sumWords(sum(rows, column(place))));
    }
    show(peak, words(Math.max(...tables.map((_, day) => sum(rows.filter((row) => row.date === day), column(1)).total))));
  }

  function count() {
    let open = 0;
    for (const { figures } of rows) open += (figures[0] === undefined) + (figures[1] === undefined);
    show(toDo, open > 0 ? `${words(open)} answers still needed.` : 'Every answer that is needed is filled in.');
  }

  function checkRow(row) {
    const { same, said } = pairs(row.group);
    for (const other of same) say(other, said.get(other));
  }

  document.addEventListener('input', ({ target }) => {
    const [number, place] = at.get(target.id) ?? [];
    if (number === undefined) return;
    const row = rows[number];
    const { figure, mistaken } = read(target.value);
    row.figures[place] = figure;
    row.mistaken[place] = mistaken;
    if (!mistaken) row.left[place] = false;
    const [due, absent] = row.figures;
    const staff = atWork(row.figures);
    show(row.shown[0], staff === undefined ? '' : words(staff));
    show(row.shown[1], due > 0 && absent !== undefined ? `${(Math.round((absent * 1000) / due) / 10).toFixed(1)}%` : '');
    totalsOf(row);
    count();
    checkRow(row);
  });

  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const [number, place] = at.get(target.id) ?? [];
    if (number === undefined) return;
    const row = rows[number];
    if (row.mistaken[place]) row.left[place] = true;
    else if (row.figures[place] !== undefined) target.value = String(row.figures[place]);
    const [next] = at.get(relatedTarget?.id) ?? [];
    if (next !== number) row.visited = true;
    checkRow(row);
  });

  for (const row of rows.filter(({ date, group }) => group === 0 || date === 0)) totalsOf(row);
  count();
}

/** The page: `style` is what our own page wears. */
export function handWritten(fields, style) {
  const size = SIZES[fields];
  const staff = groups(size.groups);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Written by hand: ${fields} fields</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>${style}</style></head>
<body><header class="ia-header"><div class="nhsuk-width-container"><p class="ia-header__name">Industrial action returns</p></div></header>
<div class="nhsuk-width-container"><main class="nhsuk-main-wrapper" id="main-content">
<h1 class="nhsuk-heading-l">Staff due to work and staff taking part</h1>
${dates(size.dates).map((date) => dateTable(date, staff)).join('\n')}
${totals(staff)}
<p id="to-do"></p>
<button class="nhsuk-button" type="button">Continue</button>
</main></div>
<script>(${script})();</script>
</body></html>
`;
}
