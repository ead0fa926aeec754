//! The parts of a page, one per file: functions from small typed values to HTML.
//!
//! In: words, ids and standings. Out: the markup of nhsuk-frontend 10, without its scripts. Nothing here
//! decides anything. Each doc comment gives the accessibility criteria that the part must meet; the
//! browser tests hold the pages to them (WCAG 2.2, level AA).
//!
//! Criteria of every part: text is escaped by the macro; an id stands once on a page; nothing is said by
//! colour alone; targets are at least 24 by 24 CSS pixels (success criterion 2.5.8).

mod back_link;
mod button;
mod check_code;
mod checkbox;
mod combobox;
mod date_input;
mod details;
mod error_summary;
mod field;
mod file_input;
mod input;
mod inset;
mod message;
mod panel;
mod passphrase;
mod progress;
mod radios;
mod select;
mod standing;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod textarea;
mod warning;

pub use back_link::back_link;
pub use button::{Button, Weight, button, button_with_id};
pub use check_code::check_code;
pub use checkbox::{Checkbox, checkbox};
pub use combobox::{ComboboxView, OptionView, active_id, combobox, options, status_class};
pub use date_input::{Part, date_input};
pub use details::details;
pub use error_summary::{Problem, SUMMARY_ID, error_summary};
pub use field::{Question, Size, field_group, fieldset_group};
pub use file_input::{file_input, files_input};
pub use input::{Input, Keyboard, Width, bare_input, input};
pub use inset::inset;
pub use message::{message, messages};
pub use panel::panel;
pub use passphrase::passphrase;
pub use progress::progress;
pub use radios::{Radio, radios};
pub use select::select;
pub use standing::{Control, Message, Severity, Standing};
pub use summary_list::{SummaryRow, summary_list};
pub use table::{TableTitle, cell, column_header, numbers, row_header};
pub use tag::{Colour, tag};
pub use task_list::{Task, task_list};
pub use textarea::{Textarea, textarea};
pub use warning::warning;

/// An id with something behind it. Ids are made by the thousand with each key, and `format!` is slow and large.
pub fn tail(id: &str, behind: &str) -> String {
    [id, behind].concat()
}

/// The id of a part of what has this id.
pub fn below(id: &str, part: &str) -> String {
    [id, ".", part].concat()
}

/// The id of the hint that belongs to a control.
pub fn hint_id(id: &str) -> String {
    tail(id, "-hint")
}

/// The id of the messages that belong to a control; also the name of their region.
pub fn message_id(id: &str) -> String {
    tail(id, "-message")
}

/// The id of the form group around a control.
pub fn group_id(id: &str) -> String {
    tail(id, "-group")
}
