// Whole returns of the practice collection, one for each kind, as they are typed. Invented; nobody returned them.
//
// `answers` is `{ section: { field: answer } }`, in the order of the page, in the form of the file. A table is
// `table(keys, rows)`; without keys people add its rows.

/** Rows of a table, each known by these of its members. */
export const table = (keys, rows) => ({ keys, rows });

/** A date of London, `days` from now. */
export const day = (days) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
  .format(new Date(Date.now() + days * 86_400_000));

const STARTS = '2026-06-03T08:00';
const ENDS = '2026-06-05T08:00';

const TRUST = { typed: 'rx1', name: 'Nottingham University Hospitals NHS Trust', code: 'RX1' };
const BOARD = { typed: 'qt1', name: 'NHS Nottingham and Nottinghamshire Integrated Care Board', code: 'QT1' };
const REGION = { typed: 'y60', name: 'Midlands', code: 'Y60' };

/** A service that stays safe: cover agreed at the least that is safe. */
const covered = (service_line, criticality, normal_posts, posts, likelihood, consequence, more = {}) => ({
  service_line, provided_here: true, criticality, normal_posts, safe_minimum_posts: posts, expected_posts: posts,
  derogation_status: 'agreed', agreed_cover_posts: posts, derogation_agreed_at: '2026-05-28T14:30', derogation_written: true,
  service_status: 'open_normal', confidence: 'high', likelihood, consequence, escalate: false, ...more,
});

/** A service that stops for the action. */
const stopped = (service_line, criticality, normal_posts, mitigation, mitigation_owner, more = {}) => ({
  service_line, provided_here: true, criticality, normal_posts, safe_minimum_posts: 0, expected_posts: 0,
  derogation_status: 'not_sought', service_status: 'suspended', confidence: 'high', likelihood: 1, consequence: 2,
  mitigation, mitigation_owner, escalate: false, ...more,
});

const LIFE_AND_LIMB = { service_status: 'open_life_and_limb' };

const done = (id, keys) => keys.map((item) => ({ [id]: item, status: 'compliant' }));

const figures = ([ip_ordinary, ip_day_case, outpatient, of_cancer, no_new_date], more = {}) => ({
  ip_ordinary, ip_day_case, outpatient, of_cancer, of_cancer_62: 0, of_p1_p2: 0, no_new_date, ...more,
});

/** Every return: what is chosen (the `only` one without being asked), what is answered, and the queries that are then explained. */
export const RETURNS = {
  self_assessment: {
    organisation: TRUST,
    sensitive: true,
    answers: {
      context: {
        mandate_status: 'yes', staff_in_scope: 412, planning_absence_pct: 60, planning_basis: 'earlier_action',
        recall_confirmed: 'yes', last_staff_side_meeting: day(-2),
      },
      services: {
        lines: table(['service_line'], [
          covered('ed_plain_film', 'critical', 6, 3, 2, 3, { ...LIFE_AND_LIMB, status_from: STARTS, status_to: ENDS }),
          covered('ct_emergency', 'critical', 5, 4, 1, 5),
          covered('mri_emergency', 'critical', 3, 2, 1, 4, LIFE_AND_LIMB),
          covered('theatre_fluoroscopy', 'critical', 4, 2, 2, 2, LIFE_AND_LIMB),
          covered('interventional_cath_lab', 'critical', 4, 3, 1, 5),
          covered('inpatient_mobile_itu_nicu', 'critical', 3, 2, 2, 3),
          covered('ultrasound_acute_obstetric', 'urgent', 8, 3, 2, 3, LIFE_AND_LIMB),
          covered('radiotherapy_emergency_cat1', 'urgent', 4, 2, 1, 5, LIFE_AND_LIMB),
          stopped('radiotherapy_cat2_cat3', 'urgent', 10, 'Gaps are made up on the Saturday after, within the limits for category 2.', 'Radiotherapy services manager'),
          covered('radiotherapy_planning_ct', 'urgent', 4, 1, 1, 4, LIFE_AND_LIMB),
          { service_line: 'nuclear_medicine_pet', provided_here: false },
          stopped('breast_screening_symptomatic', 'routine', 6, 'Everyone booked has a new date within two weeks.', 'Breast imaging lead'),
          stopped('outpatient_gp_plain_film', 'routine', 12, 'GPs were told on 25 May; walk-in restarts on 5 June.', 'Imaging services manager'),
          stopped('miu_utc_imaging', 'routine', 3, 'Patients who need imaging go to the main site.', 'Urgent care manager', {
            service_status: 'closed', status_from: STARTS, status_to: ENDS,
          }),
        ]),
      },
      checklist: {
        items: table(['item'], [
          ...done('item', ['g1', 'g2', 'g3', 'g4', 'g5', 'w1', 'w2', 'w3', 'w4', 'w5', 'd1', 'd2', 'd3', 'd4', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']),
          { item: 'm1', status: 'partial', action: 'Telephone the 14 patients who have not answered the letter.', owner: 'Bookings manager', due: '2026-06-02' },
          ...done('item', ['m2', 'm3', 'r1', 'r2']),
        ]),
      },
    },
  },
  'self_assessment of a region': {
    template: 'self_assessment',
    only: true,
    // What trusts alone are asked has steps of its own.
    steps: ['section-1', 'section-4'],
    organisation: REGION,
    sensitive: true,
    answers: {
      context: { mandate_status: 'yes', recall_confirmed: 'yes' },
      overview: {
        confidence: 'high',
        cover_and_risk: 'Cover is agreed at every affected trust but one, where talks go on until 2 June.',
        verbal_update_given: true,
        services_of_concern: table([], [
          { org: 'RX1', service: 'breast_screening_symptomatic', rating: 'amber', concern_status: 'suspended', why: 'Clinics stop for both days and restart on 5 June.' },
          { org: 'RWE', service: 'miu_utc_imaging', rating: 'green', concern_status: 'closed', why: 'Closed while the action lasts; the main site takes patients.' },
        ]),
      },
    },
  },
  rescheduled_activity: {
    organisation: TRUST,
    answers: {
      about: { nil_return: false },
      activity: {
        services_provided: ['acute'],
        rescheduled: table(['activity_date'], [
          { activity_date: '2026-06-03', ...figures([2, 11, 240, 6, 31], { of_long_wait: 4, memo_imaging_ct: 40, memo_radiotherapy: 18 }) },
          { activity_date: '2026-06-04', ...figures([3, 14, 1262, 9, 40], { of_p1_p2: 1 }) },
          { activity_date: '2026-06-05', ...figures([0, 6, 95, 2, 12]) },
        ]),
        attribution_declared: true,
      },
    },
    queries: [
      { rule: 'CQ04', row: { activity_date: '2026-06-04' }, text: 'One operation of priority 2 moved by a day, at the consultant’s request.' },
    ],
  },
  learning: {
    organisation: TRUST,
    sensitive: true,
    answers: {
      about: { nil_return: false },
      learning: {
        requests: table([], [
          {
            request_ref: 'L1', scheme: 'local_sor', service_line: 'ct_emergency', staff_group: 'diagnostic_radiographer', staff_requested: 2,
            cover_from: '2026-06-03T20:00', cover_to: '2026-06-04T08:00',
            risk_statement: 'Nobody able to run the emergency CT scanner overnight, with two stroke calls expected.',
            alternatives_tried: ['extra_pay_offered', 'mutual_aid', 'bank'], evidence_sent: true,
            submitted_at: '2026-06-03T13:00', decision_needed_by: '2026-06-03T17:00', decision: 'approved', decision_at: '2026-06-03T13:45',
          },
          {
            request_ref: 'L2', scheme: 'local_sor', service_line: 'radiotherapy_cat2_cat3', staff_group: 'therapeutic_radiographer', staff_requested: 3,
            cover_from: '2026-06-04T08:00', cover_to: '2026-06-04T18:00',
            risk_statement: 'A second missed fraction in one week for patients in curative treatment.',
            alternatives_tried: ['elective_cancelled', 'redeploy'], evidence_sent: true,
            submitted_at: '2026-06-03T09:00', decision_needed_by: '2026-06-03T11:00', decision: 'rejected', decision_at: '2026-06-03T12:00',
            decision_reason: 'non_urgent', impact_type: ['treatment_gap', 'delay'], patients_affected: 9, cancer_affected: 9,
            incidents_none: 1, incidents_low: 1, incidents_moderate: 1, incidents_severe: 0, incidents_fatal: 0,
            incident_refs: 'LFPSE-1001\nLFPSE-1002\nLFPSE-1003', candour_done: 'yes', impact_status: 'provisional', next_review: day(21),
            lesson: 'Agree the radiotherapy list with the representatives a week earlier. Owner: radiotherapy services manager.',
          },
        ]),
        not_asked_note: 'Two wards did not ask, because earlier requests had been refused.',
        recovery_notes: 'Radiotherapy needs six weeks of extra slots to catch up.',
      },
    },
  },
  readiness: {
    organisation: TRUST,
    answers: {
      readiness: {
        items: table(['area', 'item'], [
          ...done('item', ['ac1', 'ac2', 'ac3', 'ac4', 'ac5', 'ac6', 'ac7']),
          { item: 'ac8', status: 'partial', action: 'Agree the last two shifts with partners.', owner: 'Director of operations', due: '2026-06-02' },
        ].map((row) => ({ area: 'trust', ...row }))),
      },
      metrics: {
        metric_date: '2026-06-01', handovers: 96, handover_15: 70, handover_30: 90, handover_45: 95, longest_handover_min: 58,
        attendances: 420, within_4h: 330, ga_beds: 1100, ga_escalation: 20, ga_occupied: 1010, no_criteria_to_reside: 140,
      },
    },
    queries: [{ rule: 'EQ02', text: 'One ambulance waited for a side room to be cleaned; the crew was relieved.' }],
  },
  'readiness of a board': {
    template: 'readiness',
    organisation: BOARD,
    answers: {
      readiness: {
        items: table(['area', 'item'], [
          ...done('item', ['sy1', 'sy2', 'sy3', 'sy4', 'sy5', 'sy6', 'sy7']).map((row) => ({ area: 'system', ...row })),
          ...done('item', ['sc1', 'sc2', 'sc3', 'sc4']).map((row) => ({ area: 'social_care', ...row })),
        ]),
      },
    },
  },
  'workforce_sitrep with nothing to report': {
    template: 'workforce_sitrep',
    organisation: TRUST,
    answers: {
      about: { nil_return: true, nil_reason: 'no_staff_took_part' },
      workforce: {
        staffing: table(['strike_date', 'staff_group'], ['2026-06-03', '2026-06-04', '2026-06-05'].flatMap((strike_date, place) => (
          ['diagnostic_radiographer', 'therapeutic_radiographer', 'sonographer', 'imaging_radiotherapy_support', 'other_in_scope']
            .map((staff_group, row) => ({ strike_date, staff_group, due_to_work: 40 + 5 * row + place, absent_ia: 0 }))))),
      },
    },
  },
};
