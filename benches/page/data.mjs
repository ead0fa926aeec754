// The return that the speed of the page is measured on: a workforce SitRep of more rows than anybody has, with the shipped
// words and rules, four figures in each row.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../tests/browser/harness.mjs';

/** Dates and staff groups of each size; with four figures in each row, its fields. */
export const SIZES = { 400: { dates: 5, groups: 20 }, 2000: { dates: 10, groups: 50 } };

export const COLUMNS = ['due_to_work', 'absent_ia', 'absent_other', 'working_derogation'];

export const dates = (count) => Array.from({ length: count }, (_, place) => `2023-07-${10 + place}`);
export const groups = (count) => Array.from({ length: count }, (_, place) => `group_${place + 1}`);

export const label = (date) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(date)).replace(',', '');
export const groupLabel = (id) => `Staff group ${id.slice(6)}`;

export const cellId = (date, group, column) => `workforce.staffing.${date}.${group}.${column}`;

const collection = (fields, { dates: days, groups: staff }, parameters) => `
format = "ia-collection/1"
id = "bench-${fields}"
title = "Measured: ${fields} fields"
reference = "none"
source = "Made up, to measure the page with"
classification = "OFFICIAL"
practice = false
organisations = "2023-07"
approval = "declared"
unknown_signer = "count"
submit_to = "Nowhere."

[[action]]
id = "bench-${fields}-1"
title = "Measured"
unions = ["SoR"]
starts = "2023-07-10T00:00"
ends = "2023-07-${10 + days}T00:00"
source = "Made up"

[[return]]
template = "workforce_large"
owed_by = ["trust"]

${dates(days).map((id) => `[[days]]
id = "${id}"
label = "${label(id)}"
date = "${id}"
whole = true
note = "Count every shift that starts on this date."
`).join('\n')}
${groups(staff).map((id) => `[[staff_groups]]
id = "${id}"
label = "${groupLabel(id)}"
residual = false
definition = "Made up."
`).join('\n')}
${parameters}`;

/** Writes the template and the collections to a folder; answers the arguments that have the pages built with them. */
export async function write(folder) {
  await mkdir(folder, { recursive: true });
  const template = (await readFile(join(ROOT, 'templates/workforce_sitrep.toml'), 'utf8'))
    .replace(/^id = "workforce_sitrep"/m, 'id = "workforce_large"')
    .replace(/^max_rows = \d+/m, 'max_rows = 500');
  const file = join(folder, 'workforce_large.toml');
  await writeFile(file, template);
  const args = ['--template', file];
  const parameters = (await readFile(join(ROOT, 'benches/twelve-groups.toml'), 'utf8')).match(/^\[parameters\][^]*/m)[0];
  for (const [fields, size] of Object.entries(SIZES)) {
    const path = join(folder, `bench-${fields}.toml`);
    await writeFile(path, collection(fields, size, parameters));
    args.push('--collection', path);
  }
  return args;
}
