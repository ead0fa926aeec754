//! Bank holidays, as dated data: for the linter alone.

use crate::json::{self, ShapeError, Value};
use crate::template::author::{AuthorFault, File, locate, table, to_json};
use crate::template::{Fault, way};
use crate::time::Date;

/// The `format` every calendar carries.
const FORMAT: &str = "ia-calendar/1";

/// The bank holidays of some years.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    span: Option<(Date, Date)>,
    days: Vec<(Date, String)>,
}

impl Calendar {
    /// Reads a calendar.
    ///
    /// # Errors
    /// Every member that is missing or unknown, and every date that is none, out of order, outside the years that the
    /// calendar speaks for, or on a weekend.
    pub fn read(file: &File) -> Result<Self, Vec<AuthorFault>> {
        let value = to_json(toml::Value::Table(table(file)?));
        let at = |fault: &Fault| locate(file, &fault.path, fault);
        let source = Source::read(&value).map_err(|error| vec![at(&Fault::of_shape(&error))])?;
        let mut faults = Vec::new();
        let calendar = source.calendar(&mut faults);
        if faults.is_empty() { Ok(calendar) } else { Err(faults.iter().map(at).collect()) }
    }

    /// The name of the bank holiday on a date.
    pub fn holiday(&self, date: Date) -> Option<&str> {
        self.days.iter().find(|(day, _)| *day == date).map(|(_, name)| name.as_str())
    }

    /// Whether it speaks for a date.
    pub fn covers(&self, date: Date) -> bool {
        self.span.is_some_and(|(from, to)| from <= date && date <= to)
    }

    /// Every bank holiday, in order.
    pub fn days(&self) -> &[(Date, String)] {
        &self.days
    }
}

struct Source {
    format: String,
    from: String,
    to: String,
    days: Vec<(String, String)>,
}

impl Source {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        json::whole(value, |m| {
            for known in ["title", "source", "as_of"] {
                m.text(known);
            }
            m.maybe_text("note");
            Self {
                format: m.text("format"),
                from: m.text("from"),
                to: m.text("to"),
                days: m.list("day", |m| (m.text("date"), m.text("name"))),
            }
        })
    }

    fn calendar(&self, faults: &mut Vec<Fault>) -> Calendar {
        if self.format != FORMAT {
            let message = format!("the format is “{}”", self.format);
            faults.push(Fault::new(
                way!["format"],
                message,
                format!("Write format = \"{FORMAT}\"."),
            ));
        }
        let mut date = |way: &[_], text: &str| {
            let found = Date::parse(text);
            let fault = |error: &crate::time::TimeError| {
                Fault::new(way, format!("“{text}” is {error}"), format!("{}.", error.remedy()))
            };
            faults.extend(found.as_ref().err().map(fault));
            found.ok()
        };
        let span = date(way!["from"], &self.from).zip(date(way!["to"], &self.to));
        let mut days = Vec::new();
        for (number, (text, name)) in self.days.iter().enumerate() {
            let way = way!["day", number, "date"].to_vec();
            days.extend(date(&way, text).map(|found| (way, found, name.clone())));
        }
        let mut calendar = Calendar { span, days: Vec::new() };
        for (way, day, name) in days {
            let mut fault = |message: String, help| faults.push(Fault::new(&way, message, help));
            if calendar.days.last().is_some_and(|(before, _)| *before >= day) {
                fault(
                    format!("{day} does not come after the day before it"),
                    "Put the days in order.",
                );
            }
            if span.is_some() && !calendar.covers(day) {
                fault(
                    format!("{day} is outside from and to"),
                    "Move from or to, or mend the date.",
                );
            }
            if matches!(day.weekday(), "Saturday" | "Sunday") {
                fault(format!("{day} is a {}", day.weekday()), "Give the substitute day.");
            }
            calendar.days.push((day, name));
        }
        calendar
    }
}
