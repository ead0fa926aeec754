//! The parts of a thing to be done, and how far each is.

use maud::{Markup, html};

/// One part.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is called.
    pub name: String,
    /// Where it is done; none while it cannot be.
    pub address: Option<String>,
    /// How far it is: a tag or plain words.
    pub status: Markup,
}

/// The parts, in order.
///
/// Accessibility: a list; each link is described by its status, so that a screen reader says both (1.3.1); what cannot be
/// started is no link.
pub fn task_list(tasks: &[Task]) -> Markup {
    html! {
        ul class="nhsuk-task-list" {
            @for (place, task) in tasks.iter().enumerate() {
                @let status = ["task-", &place.to_string()].concat();
                li class=(if task.address.is_some() {
                    "nhsuk-task-list__item nhsuk-task-list__item--with-link"
                } else {
                    "nhsuk-task-list__item"
                }) {
                    div class="nhsuk-task-list__name-and-hint" {
                        @match &task.address {
                            Some(address) => {
                                a class="nhsuk-link nhsuk-task-list__link" href=(address) aria-describedby=(status) { (task.name) }
                            }
                            None => div { (task.name) },
                        }
                    }
                    div class="nhsuk-task-list__status" id=(status) { (task.status) }
                }
            }
        }
    }
}
