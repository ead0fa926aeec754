//! The parts of the return and how far each is, with what is asked, by when and by whom.

use maud::{Markup, html};

use super::keeping;
use super::start::window;
use crate::collection::{Contact, Form, Organisation, Owes};
use crate::page::component::{Button, Colour, Task, button, details, tag, task_list};
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::text::outside;
use crate::page::words::count;
use crate::page::work::Work;

pub(super) fn draw(state: &State) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let form = &work.draft.form;
    html! {
        p { (window(form, state.now)) }
        (asked_by(state, work))
        (task_list(&tasks(state, work)))
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
        div id="used" tabindex="-1" { @for sentence in &work.used { p { (sentence) } } }
        (details("Use a return that you sealed before", &keeping::file_box(
            "sealed-file",
            "Sealed return",
            "Last time’s return of this kind shows each answer beside its question, and fills in names and roles. Against another return of this action your answers are checked.",
        )))
        h2 class="nhsuk-heading-m" { "Where the file goes" }
        p { (form.collection.submit_to(&form.template.source().id, form.stage)) }
        (contacts(state, work))
    }
}

/// Every step from the first to sealing.
fn tasks(state: &State, work: &Work) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut ready = true;
    for step in state.steps() {
        let name = match step {
            Step::Start | Step::Tasks | Step::Done => continue,
            Step::Before => "What this return covers".to_owned(),
            Step::Section(number) => super::section::heading(state, number),
            Step::Check => "Check your answers and explain queries".to_owned(),
            Step::Declaration => "Declaration".to_owned(),
            Step::Seal => "Seal and save the file".to_owned(),
        };
        let problems = said::problems(work, step).len();
        let is_open = step == state.nearest(Some(step));
        let status = match step {
            _ if !is_open => html! { "Cannot start yet" },
            Step::Seal => tag(Colour::Usual, "Ready"),
            Step::Check if problems == 0 && !ready => html! { "Not ready yet" },
            Step::Check if problems > 0 => {
                tag(Colour::Yellow, &count(problems, "query to explain", "queries to explain"))
            }
            _ => part(work, step, problems),
        };
        ready &= problems == 0;
        tasks.push(Task { name, address: is_open.then(|| step.address()), status });
    }
    tasks
}

/// How far a part is that is filled in.
fn part(work: &Work, step: Step, problems: usize) -> Markup {
    let (open, wrong) = said::to_do(work, step);
    if wrong > 0 {
        tag(Colour::Red, &[&count(wrong, "thing", "things"), " to correct"].concat())
    } else if open > 0 && !work.is_begun(step) {
        tag(Colour::Usual, "Not started")
    } else if open > 0 {
        tag(Colour::Usual, &[&count(open, "answer", "answers"), " needed"].concat())
    } else if problems > 0 {
        tag(Colour::Yellow, &count(problems, "query to explain", "queries to explain"))
    } else {
        html! { "Completed" }
    }
}

/// By when the region wants the return, where the expected list says so.
fn asked_by(state: &State, work: &Work) -> Markup {
    let form = &work.draft.form;
    let deadline = region(state, form, &work.draft.organisation).and_then(|owes| {
        let mut deadlines = owes.deadlines.iter();
        deadlines.find(|(template, _)| *template == form.template.source().id)
    });
    html! {
        @if let Some((_, time)) = deadline {
            p { "Your region asks for it by " (super::answers::moment(time)) "." }
        }
    }
}

/// Whom to ask, where the expected list says so.
pub(super) fn contacts(state: &State, work: &Work) -> Markup {
    contacts_of(region(state, &work.draft.form, &work.draft.organisation))
}

/// The same for an organisation in a form's collection.
pub(super) fn contacts_of(region: Option<&Owes>) -> Markup {
    let contacts = region.map_or(&[][..], |owes| owes.contacts.as_slice());
    html! {
        @if !contacts.is_empty() {
            h2 class="nhsuk-heading-m" { "Whom to ask in your region" }
            ul class="nhsuk-list" {
                @for Contact { name, role, email, phone } in contacts {
                    li {
                        @for (place, text) in
                            [name, role, email, phone].into_iter().filter(|it| !it.is_empty()).enumerate()
                        {
                            @if place > 0 { ", " }
                            (outside(text))
                        }
                    }
                }
            }
        }
    }
}

/// What the expected list says of the region that asks the organisation.
pub(super) fn region<'s>(
    state: &'s State,
    form: &Form,
    organisation: &Organisation,
) -> Option<&'s Owes> {
    let expected = state.set.expected(&form.collection.source().id)?;
    let own = expected.of(&organisation.code);
    let own = own.map_or("", |owes| owes.region_code.as_str());
    let code = if own.is_empty() { &organisation.region_code } else { own };
    expected.of(code)
}
