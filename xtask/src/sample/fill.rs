//! Figures as a draft, and a draft as a sealed file: through the library, as the page and the command line do it.

use super::chance::Chance;
use super::figures::{Cell, Figures};
use anyhow::{Context, Result, anyhow, bail};
use ia_returns::answers::{Answer, Place, Scalar, entry};
use ia_returns::check::{self, Explanation, Mistakes};
use ia_returns::collection::{Form, Organisation, Owes};
use ia_returns::file::{Draft, Sealed, Sealing, seal};
use ia_returns::sign::SecretKey;
use ia_returns::time::{Civil, Instant};
use std::rc::Rc;

/// Why a figure is as it is. The first of them would run in careless spreadsheet software.
const EXPLANATIONS: [&str; 5] = [
    "=SUM(due) is what our rota system gives; the count was repeated by hand and is right.",
    "Eight were on annual leave that was booked before the action was called.",
    "The department was short of staff that week; the figures were checked with the rota.",
    "Two training days had been planned for this date, so fewer were due than usual.",
    "Sickness was high on this date; the ward manager confirmed the count.",
];
/// What else organisations write.
const COMMENTS: [&str; 5] = [
    "-5% against what we planned for, and +2% against the last action.",
    "@all sites: figures include the community hospital.",
    "<b>Checked</b> by the service manager; \"final\" figures, nothing outstanding.",
    "The count of the night shift came from the site manager.",
    "Figures for the treatment centre are included, as before.",
];
const LATE: &str = "The count of the night shift reached us after the window had closed.";

/// A return that nobody has filled in, as its organisation would open it.
pub(super) fn empty(form: &Rc<Form>, organisation: &Organisation, now: Instant) -> Draft {
    let actions = form.collection.source().actions.iter().map(|action| action.id.clone());
    let code = organisation.code.clone();
    let owes = Owes { code, actions: actions.collect(), ..Owes::default() };
    Draft::new(form.clone(), organisation.clone(), Some(&owes), now)
}

/// Types an answer.
pub(super) fn answer(draft: &mut Draft, id: &str, typed: &str) -> Result<()> {
    let place = place(draft, id)?;
    let field = place.field(&draft.form).with_context(|| format!("{id} is no field"))?;
    let read = entry::read(&draft.form, field, typed);
    let read = read.map_err(|kind| anyhow!("{id}: “{typed}” is {kind:?}"))?;
    draft.answers.set(place, read);
    Ok(())
}

fn place(draft: &Draft, id: &str) -> Result<Place> {
    let place = Place::parse(id, &draft.form, &draft.answers);
    place.with_context(|| format!("{} has no {id}", draft.form.template.source().id))
}

/// Fills in a return of figures.
pub(super) fn figures(
    draft: &mut Draft,
    figures: &Figures,
    now: Instant,
    chance: &mut Chance,
) -> Result<()> {
    let small = draft.organisation.code.to_lowercase();
    answer(draft, "about.nil_return", if figures.nil.is_some() { "yes" } else { "no" })?;
    if let Some(reason) = figures.nil {
        answer(draft, "about.nil_reason", reason)?;
    }
    answer(draft, "about.submitter_name", "Information analyst on duty")?;
    answer(draft, "about.submitter_role", "Information analyst")?;
    answer(draft, "about.submitter_email", &format!("information.analyst@{small}.nhs.uk"))?;
    answer(draft, "declared.signoff_name", "Director on call")?;
    answer(draft, "declared.signoff_role", "duty_director")?;
    if chance.percent(10) {
        answer(draft, "about.comment", chance.text(&COMMENTS))?;
    }
    rows(draft, figures, now)
}

/// Types the rows.
pub(super) fn rows(draft: &mut Draft, figures: &Figures, now: Instant) -> Result<()> {
    let workforce = draft.form.template.source().id == "workforce_sitrep";
    let table = if workforce { "workforce.staffing" } else { "activity.rescheduled" };
    for line in &figures.lines {
        let row = format!("{table}.{}", line.keys.join("."));
        if line.cells.is_empty() {
            // The whole row: a group that is not employed there.
            for column in ["due_to_work", "absent_ia", "absent_other", "working_derogation"] {
                let place = place(draft, &format!("{row}.{column}"))?;
                draft.answers.set(place, Answer::NotApplicable);
            }
        }
        for (column, cell) in &line.cells {
            let place = place(draft, &format!("{row}.{column}"))?;
            let typed = match cell {
                Cell::Blank => Answer::Unanswered,
                Cell::NotKnown => Answer::NotKnown("The rota system does not hold it.".to_owned()),
                Cell::Number(figure) => Answer::Value(Scalar::Int(*figure)),
            };
            draft.answers.set(place, typed);
        }
    }
    if !workforce && figures.nil.is_none() {
        answer(draft, "activity.attribution_declared", "yes")?;
        // Asked where other action was near.
        let place = place(draft, "activity.overlap_action")?;
        let checked = check::check(&draft.subject(now, &Mistakes::new()));
        if checked.is_shown(place.section, place.field) {
            answer(draft, "activity.overlap_action", "none")?;
        }
    }
    Ok(())
}

/// Explains what is asked, and seals.
pub(super) fn sealed(
    mut draft: Draft,
    key: &SecretKey,
    now: Instant,
    chance: &mut Chance,
) -> Result<Sealed> {
    let agreed = Instant::from_seconds(now.seconds() - 60 * chance.between(3, 12))?;
    answer(
        &mut draft,
        "declared.signoff_how",
        chance.text(&["by_phone", "by_email", "in_person"]),
    )?;
    answer(&mut draft, "declared.signoff_at", &local(agreed))?;
    if draft.form.window_state(now).name() == "late" {
        answer(&mut draft, "about.late_reason", LATE)?;
    }
    draft.fill(now);
    let checked = check::check(&draft.subject(now, &Mistakes::new()));
    for finding in checked.unexplained() {
        let (rule, row) = (finding.rule.clone(), finding.row.clone());
        let text = chance.text(&EXPLANATIONS).to_owned();
        draft.explanations.push(Explanation { rule, row, text });
    }
    let sealed = seal(&draft, &Sealing::new(&draft, key, now, "native"));
    match sealed {
        Ok(sealed) => Ok(sealed),
        Err(error) => {
            bail!("{} of {}: {error}", draft.form.template.source().id, draft.organisation.code)
        }
    }
}

/// A time as it is typed: London, to the minute.
fn local(at: Instant) -> String {
    let Civil { year, month, day, hour, minute, .. } = at.civil();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
}
