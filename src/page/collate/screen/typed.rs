//! The questions of a return, for figures that are typed or pasted.
//!
//! Accessibility: every box has a label that names its row and its column, the column alone on the screen, as in the grids of a
//! return; what is wrong stands in the summary and under the heading, which takes focus (3.3.1, 2.4.3).

use maud::{Markup, html};

use super::{primary, question_of, secondary};
use crate::answers::Place;
use crate::collate::Typed;
use crate::page::collate::state::{PASTED, PASTED_INTO, State, TYPED, TYPED_FOR, TYPED_RETURN};
use crate::page::collate::typing::{BOX, options, rows, shown, tables};
use crate::page::component::{
    Control, Input, Keyboard, Question, Standing, Textarea, bare_input, column_header, input,
    row_header, select, textarea,
};
use crate::page::live::Live;
use crate::page::text::outside;

/// Whose figures they are; then the questions.
pub(super) fn draw(state: &State, live: &Live) -> Markup {
    match &state.typed {
        Some(typed) => questions(state, typed, live),
        None => begin(state, live),
    }
}

fn begin(state: &State, live: &Live) -> Markup {
    let sorts: Vec<(String, String)> = super::asked(state);
    let returns: Vec<(&str, &str)> =
        sorts.iter().map(|(word, title)| (word.as_str(), title.as_str())).collect();
    html! {
        h2 class="nhsuk-heading-m" { "Type or paste the figures" }
        p { "The questions of the return are asked here as the organisation would be asked them, without those that only it can answer." }
        (input(&question_of(TYPED_FOR), live.of(TYPED_FOR), &Input { id: TYPED_FOR, value: state.text(TYPED_FOR), ..Input::default() }))
        (select(&question_of(TYPED_RETURN), live.of(TYPED_RETURN), &returns, state.text(TYPED_RETURN)))
        (secondary("type-begin", "Show the questions"))
    }
}

fn questions(state: &State, typed: &Typed, live: &Live) -> Markup {
    let (code, name) = typed.organisation();
    let tables = tables(typed);
    let into: Vec<(&str, &str)> =
        tables.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    html! {
        h2 class="nhsuk-heading-m" id=(TYPED) tabindex="-1" {
            (typed.form().template.source().title) ": " (outside(name)) " (" (outside(code)) ")"
        }
        @for place in typed.places().into_iter().filter(|place| place.cell.is_none()) {
            (plain(state, typed, place))
        }
        @for (id, title) in &tables { (table(state, typed, id, title)) }
        @if !tables.is_empty() {
            (textarea(&question_of(PASTED), live.of(PASTED), &Textarea { rows: 4, value: state.text(PASTED), read_only: false }))
            @if tables.len() > 1 {
                (select(&question_of(PASTED_INTO), live.of(PASTED_INTO), &into, state.text(PASTED_INTO)))
            }
            (secondary("type-paste", "Fill in what I pasted"))
        }
        p { "The same questions as a file, with a line for each, to be filled in elsewhere and added below:" }
        (secondary("save-form", "Save the questions (CSV)"))
        div class="nhsuk-button-group ia-actions" {
            (primary("type-enter", "Add these figures"))
            (secondary("type-check", "Check them first"))
            (secondary("type-drop", "Give them up"))
        }
    }
}

/// A question that is no cell.
fn plain(state: &State, typed: &Typed, place: Place) -> Markup {
    let (id, words, text) = (box_id(typed, place), typed.words(place), shown(state, typed, place));
    let question = Question::small(&id, &words, "");
    match options(typed, place) {
        Some(choices) => {
            select(&question, &question.standing(Control::Select, &[]), &choices, text.as_str())
        }
        None => input(
            &question,
            &question.standing(Control::Input("nhsuk-u-width-two-thirds"), &[]),
            &Input { id: &id, value: text.as_str(), ..Input::default() },
        ),
    }
}

fn box_id(typed: &Typed, place: Place) -> String {
    [BOX, &typed.id(place)].concat()
}

fn table(state: &State, typed: &Typed, id: &str, title: &str) -> Markup {
    let rows = rows(typed, id);
    let heading = ["table:", id].concat();
    html! {
        h3 class="nhsuk-heading-s" id=(heading) { (title) }
        table class="ia-figures" role="table" aria-labelledby=(heading) {
            thead role="rowgroup" {
                tr role="row" {
                    (column_header("", false))
                    @for place in rows.first().into_iter().flatten() {
                        (column_header(&column(typed, *place), true))
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in &rows {
                    tr class="ia-figures__row" role="row" {
                        @if let Some(first) = row.first() {
                            (row_header(&html! { (typed.row_words(*first)) }))
                        }
                        @for place in row { (cell(state, typed, *place)) }
                    }
                }
            }
        }
    }
}

/// The heading of a column, short where there is a short one.
fn column(typed: &Typed, place: Place) -> String {
    let field = place.field(typed.form());
    field.map_or_else(String::new, |field| {
        if field.short.is_empty() { field.label.clone() } else { field.short.clone() }
    })
}

fn cell(state: &State, typed: &Typed, place: Place) -> Markup {
    let (id, text) = (box_id(typed, place), shown(state, typed, place));
    let own =
        Input { id: &id, value: text.as_str(), keyboard: Keyboard::Number, autocomplete: None };
    html! {
        td class="ia-figures__cell" role="cell" {
            label class="ia-figures__label" for=(id) {
                (column(typed, place))
                span class="nhsuk-u-visually-hidden" { ", " (typed.row_words(place)) }
            }
            @match options(typed, place) {
                Some(choices) => select class="nhsuk-select" id=(id) autocomplete="off" {
                    option value="" { "Choose one" }
                    @for (value, words) in choices {
                        option value=(value) selected[text == value] { (words) }
                    }
                },
                None => (bare_input(&own, &Standing::default())),
            }
        }
    }
}
