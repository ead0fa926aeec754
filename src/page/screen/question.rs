//! One plain question, drawn by the type of its field.

use maud::{Markup, html};

use crate::answers::Place;
use crate::page::component::{
    Checkbox, Control, Input, Keyboard, Message, Part, Question, Radio, Size, Standing, Textarea,
    Width, below, checkbox, date_input, fieldset_group, input, radios, select, tail, textarea,
};
use crate::page::layout::Slot;
use crate::page::live::Live;
use crate::page::moment;
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::work::Work;
use crate::template::FieldKind;
use crate::template::source::{Choice, Field};

/// Up to this many choices are radios, more are a select.
const MOST_RADIOS: usize = 10;
/// The rows of a text area.
const ROWS: u8 = 5;

/// The plain questions of a step, in page order.
pub(super) fn on(work: &Work, step: Step) -> Vec<(&Slot, &Field)> {
    let mut questions = Vec::new();
    for slot in &work.layout.slots {
        if slot.step == Some(step)
            && slot.place.cell.is_none()
            && let Some(field) = slot.place.field(&work.draft.form)
        {
            questions.push((slot, field));
        }
    }
    questions
}

/// The live parts of a question: its standing, and whether it is asked at all.
pub(super) fn live(state: &State, work: &Work, slot: &Slot, field: &Field, live: &mut Live) {
    let place = slot.place;
    let question = question(work, slot, field);
    let control = control(work, field);
    live.standing(&slot.id, question.standing(control, &messages(state, work, place)));
    live.hide(&block_id(slot), !work.checked.asked().place(&work.draft.form, place));
    for part in parts(work, slot, field) {
        let id = below(&slot.id, part.id);
        live.attribute(&id, "aria-invalid", part.wrong.then(|| "true".to_owned()));
        live.attribute(&id, "class", Some(part.class()));
    }
}

/// The question. It is always drawn, and hidden while it is not asked, so that what was typed is kept.
///
/// With a caption it is the first heading of its step.
pub(super) fn draw(
    work: &Work,
    slot: &Slot,
    field: &Field,
    live: &Live,
    caption: Option<&Markup>,
) -> Markup {
    draw_as(work, slot, question(work, slot, field), field, live, caption)
}

/// A question of a row: what to count is said once, above the rows.
pub(super) fn draw_cell(work: &Work, slot: &Slot, field: &Field, live: &Live) -> Markup {
    // Where there are columns their headings say it, and the guidance above refers to that.
    let optional = field.short.ends_with("(optional)") && !field.label.ends_with("(optional)");
    let question = Question { help: &[], optional, ..question(work, slot, field) };
    draw_as(work, slot, question, field, live, None)
}

fn draw_as<'a>(
    work: &Work,
    slot: &Slot,
    mut question: Question<'a>,
    field: &Field,
    live: &Live,
    caption: Option<&'a Markup>,
) -> Markup {
    let (standing, text) = (live.of(&slot.id), work.text(&slot.id));
    if caption.is_some() {
        question.size = Size::Large;
        question.caption = caption;
    }
    let id = slot.id.as_str();
    let simple = |keyboard, autocomplete| {
        let plain = Input { id, value: text, keyboard, autocomplete };
        input(&question, standing, &plain)
    };
    let inside = match field.kind {
        FieldKind::Choice => choices(work, &question, standing, field, text),
        FieldKind::Choices => several(work, &question, standing, field, text),
        FieldKind::Count => simple(Keyboard::Number, None),
        FieldKind::Date | FieldKind::Moment => {
            date_input(&question, standing, &parts(work, slot, field))
        }
        FieldKind::Duration => simple(Keyboard::Text, None),
        FieldKind::Email => simple(Keyboard::Email, autocomplete(field)),
        FieldKind::Line => simple(Keyboard::Text, autocomplete(field)),
        FieldKind::Table => html! {},
        FieldKind::Text => {
            textarea(&question, standing, &Textarea { rows: ROWS, value: text, read_only: false })
        }
        FieldKind::YesNo => {
            let radio = |value, label| Radio { value, label, hint: None };
            radios(&question, standing, &[radio("yes", "Yes"), radio("no", "No")], text)
        }
    };
    html! {
        div id=(block_id(slot)) hidden[live.is_hidden(&block_id(slot))] { (inside) }
    }
}

/// What is said about a place now: what was raised, or everything once Continue was pressed.
pub(super) fn messages(state: &State, work: &Work, place: Place) -> Vec<Message> {
    let mut messages = Vec::new();
    for finding in work.checked.findings() {
        if finding.places.first() == Some(&place) && is_said(state, finding) {
            messages.push(said::message(finding));
        }
    }
    messages
}

/// Whether a finding is said beside its place: it is shown, and what explains it is not there or not enough.
pub(super) fn is_said(state: &State, finding: &crate::check::Finding) -> bool {
    is_visible(state, finding) && (finding.explained_by.is_none() || finding.is_unexplained())
}

/// Whether a finding is shown on the present step.
pub(super) fn is_visible(state: &State, finding: &crate::check::Finding) -> bool {
    state.tried.contains(&state.step) || said::is_raised(&state.raised, finding)
}

fn block_id(slot: &Slot) -> String {
    tail(&slot.id, "-block")
}

fn question<'a>(work: &'a Work, slot: &'a Slot, field: &'a Field) -> Question<'a> {
    Question {
        id: &slot.id,
        label: &field.label,
        optional: false,
        size: Size::Small,
        hint: &field.hint,
        last: work.last.get(&slot.id),
        help: &field.guidance,
        caption: None,
    }
}

/// What the browser may fill in, as the template names it (WCAG 2.2, 1.3.5).
fn autocomplete(field: &Field) -> Option<&str> {
    (!field.autocomplete.is_empty()).then_some(field.autocomplete.as_str())
}

fn control(work: &Work, field: &Field) -> Control {
    match field.kind {
        FieldKind::Choice if work.draft.form.options(field).len() > MOST_RADIOS => Control::Select,
        FieldKind::Choice
        | FieldKind::Choices
        | FieldKind::Date
        | FieldKind::Moment
        | FieldKind::YesNo => Control::Fieldset,
        FieldKind::Count | FieldKind::Duration => Control::Input(Width::Characters5.class()),
        FieldKind::Email | FieldKind::Line => Control::Input(Width::TwoThirds.class()),
        FieldKind::Text => Control::Textarea,
        FieldKind::Table => Control::Cell,
    }
}

fn choices(
    work: &Work,
    question: &Question<'_>,
    standing: &Standing,
    field: &Field,
    chosen: &str,
) -> Markup {
    let all = work.draft.form.options(field);
    if all.len() > MOST_RADIOS {
        let mut options = Vec::new();
        for Choice { id, label, .. } in all {
            options.push((id.as_str(), label.as_str()));
        }
        return select(question, standing, &options, chosen);
    }
    let mut options = Vec::new();
    for Choice { id, label, hint } in all {
        let hint = (!hint.is_empty()).then(|| html! { (hint) });
        options.push(Radio { value: id, label, hint });
    }
    radios(question, standing, &options, chosen)
}

/// A checkbox for each of several choices; their ids end with the option's.
fn several(
    work: &Work,
    question: &Question<'_>,
    standing: &Standing,
    field: &Field,
    chosen: &str,
) -> Markup {
    let controls = html! {
        @for option in work.draft.form.options(field) {
            (checkbox(&Checkbox {
                id: &below(question.id, &option.id),
                label: &option.label,
                about: None,
                checked: chosen.split(',').any(|id| id == option.id),
                small: false,
            }))
        }
    };
    fieldset_group(question, standing, &controls)
}

/// The parts of a date; none for another field.
fn parts<'a>(work: &'a Work, slot: &Slot, field: &Field) -> Vec<Part<'a>> {
    if !matches!(field.kind, FieldKind::Date | FieldKind::Moment) {
        return Vec::new();
    }
    let wrong = work.wrong_parts(slot, field);
    let part = |part: moment::Part, label, width: Width| Part {
        id: part.id(),
        label,
        width: width.class(),
        value: work.text(&below(&slot.id, part.id())),
        wrong: wrong.contains(&part),
        digits: part != moment::Part::Time,
    };
    let mut parts = vec![
        part(moment::Part::Day, "Day", Width::Characters2),
        part(moment::Part::Month, "Month", Width::Characters2),
        part(moment::Part::Year, "Year", Width::Characters4),
    ];
    if field.kind == FieldKind::Moment {
        parts.push(part(moment::Part::Time, "Time, like 10:30am", Width::Characters10));
    }
    parts
}
