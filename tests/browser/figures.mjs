// The figures the journeys type. Invented; no trust returned them.

export const ORGANISATION = { code: 'RX1', name: 'Nottingham University Hospitals NHS Trust', typed: 'nottingham univ' };

export const GROUPS = [
  'diagnostic_radiographer', 'therapeutic_radiographer', 'sonographer', 'imaging_radiotherapy_support', 'other_in_scope',
];

export const COLUMNS = ['due_to_work', 'absent_ia', 'absent_other'];

/** By day, in the order of GROUPS: due to work, absent for the action, absent for another reason. */
export const DAYS = {
  '2023-07-25': [[88, 52, 4], [36, 21, 8], [12, 3, 0], [40, 9, 2], [0, 0, 0]],
  '2023-07-26': [[85, 49, 5], [37, 22, 2], [11, 4, 1], [41, 10, 1], [0, 0, 0]],
  '2023-07-27': [[8, 3, 0], [3, 1, 0], [0, 0, 0], [5, 0, 0], [0, 0, 0]],
};

/** The rows as the file must hold them, in template order. */
export const ROWS = Object.entries(DAYS).flatMap(([strike_date, groups]) => groups.map((figures, index) => ({
  strike_date, staff_group: GROUPS[index], ...Object.fromEntries(COLUMNS.map((column, place) => [column, figures[place]])),
})));

/** Sum of a column over a day, reckoned here and not by the page. */
export const total = (day, column) => DAYS[day].reduce((sum, figures) => sum + figures[COLUMNS.indexOf(column)], 0);

/** The one query these figures raise: 8 of 36 absent for another reason is more than 15%. */
export const QUERY = { rule: 'BQ04', row: { strike_date: '2023-07-25', staff_group: 'therapeutic_radiographer' } };

export const ANSWERS = {
  explanation: 'Six of the eight were on a training day fixed before the action was called.',
  late_reason: 'The duty director was not free to agree the figures before the window closed.',
  submitter_name: 'Information team',
  submitter_role: 'Information analyst',
  submitter_email: 'a.analyst@example.nhs.uk',
  signoff_name: 'Director on call',
};
