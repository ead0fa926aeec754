//! Figures of several organisations as a CSV file: a line for each answer.

use super::collation::Operator;
use super::decisions::{Entered, SOURCES, Source};
use super::typed::Typed;
use crate::time::Instant;
use thiserror::Error;

/// The columns that every line has; `words` may be there too, and is for people alone.
pub const COLUMNS: [&str; 9] =
    ["organisation", "return", "stage", "from", "source", "at", "by", "answer", "figure"];
/// What stands beside an answer for people.
pub const WORDS: &str = "words";

/// Why figures are not taken. Displays as a part of a sentence.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("line {line}: {reason}")]
pub struct TypedError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl TypedError {
    /// What to do about it.
    pub const REMEDY: &str = "Give a CSV file with the columns organisation, return, stage, from, source, at, by, answer and figure. `ia-returns template figures` writes one to fill in.";
}

/// Of whom figures are, and who says so: what the lines of one return share.
#[derive(Clone, Eq, PartialEq)]
struct Head {
    organisation: String,
    template: String,
    stage: String,
    from: String,
    by: String,
    at: Instant,
    source: Source,
}

/// The ids of the answers that were read, each with its line.
type Lines = Vec<(String, u64)>;

/// Reads figures. A line without a figure is passed over: blank is never zero. Lines of one return stand together.
///
/// # Errors
/// A column that is missing or unknown, a line that says of nobody whose figure it is or who gave it, a figure that cannot be
/// read, an answer that is not asked or stands there twice. Nothing is taken of a file that has one such line.
pub fn read(bytes: &[u8], operator: &Operator<'_>) -> Result<Vec<Entered>, TypedError> {
    let mut rows = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let refused = |line: u64, reason: String| TypedError { line, reason };
    let names = rows.headers().map_err(|error| refused(1, error.to_string()))?;
    let mut places = [0; COLUMNS.len()];
    for (place, wanted) in places.iter_mut().zip(COLUMNS) {
        let found = names.iter().position(|name| name.trim() == wanted);
        *place = found.ok_or_else(|| refused(1, format!("there is no column {wanted}")))?;
    }
    let is_known = |name: &str| name.is_empty() || name == WORDS || COLUMNS.contains(&name);
    if let Some(name) = names.iter().map(str::trim).find(|name| !is_known(name)) {
        return Err(refused(1, format!("there is a column “{name}”, which is not known")));
    }
    let mut all: Vec<(Head, Typed, Lines)> = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|error| {
            refused(error.position().map_or(1, csv::Position::line), error.to_string())
        })?;
        let line = row.position().map_or(1, csv::Position::line);
        let cells = places.map(|place| row.get(place).unwrap_or_default().trim());
        let [.., answer, figure] = cells;
        if figure.is_empty() {
            continue;
        }
        let head = head(&cells).map_err(|reason| refused(line, reason))?;
        if all.last().is_none_or(|(own, ..)| *own != head) {
            let is_there = |own: &Head| {
                (&own.organisation, &own.template, &own.stage)
                    == (&head.organisation, &head.template, &head.stage)
            };
            if all.iter().any(|(own, ..)| is_there(own)) {
                let reason = format!("the figures of {} were there already", head.organisation);
                return Err(refused(line, reason));
            }
            let asked = (head.template.as_str(), head.stage.as_str());
            let typed = Typed::begin(operator, &head.organisation, asked, head.at)
                .map_err(|reason| refused(line, reason))?;
            all.push((head, typed, Vec::new()));
        }
        let Some((_, typed, lines)) = all.last_mut() else { continue };
        if lines.iter().any(|(known, _)| known == answer) {
            return Err(refused(line, format!("“{answer}” was there already")));
        }
        if !typed.put(answer, figure) {
            return Err(refused(line, format!("“{answer}” is not asked in this return")));
        }
        lines.push((answer.to_owned(), line));
    }
    let mut entered = Vec::new();
    for (head, mut typed, lines) in all {
        typed.check();
        if let Some((place, message)) = typed.unread() {
            let id = typed.id(place);
            let line = lines.iter().find(|(own, _)| *own == id).map_or(1, |(_, line)| *line);
            return Err(refused(line, message.trim_end_matches('.').to_owned()));
        }
        let draft = typed.draft();
        let draft = draft.ok_or_else(|| refused(1, "the figures make no draft".to_owned()))?;
        let Head { from, by, at, source, .. } = head;
        entered.push(Entered { draft, from, by, at, source });
    }
    Ok(entered)
}

/// What a line says of whose figure it is.
fn head(cells: &[&str; COLUMNS.len()]) -> Result<Head, String> {
    let [organisation, template, stage, from, source, at, by, ..] = *cells;
    for (name, cell) in
        [("organisation", organisation), ("return", template), ("from", from), ("by", by)]
    {
        if cell.is_empty() {
            return Err(format!("the column {name} is empty"));
        }
    }
    let known = SOURCES.iter().find(|(word, _)| *word == source);
    let Some((_, source)) = known else {
        return Err(format!("“{source}” is no source: telephone, email or workbook"));
    };
    let at = Instant::parse(at).map_err(|error| format!("“{at}” is {error}"))?;
    Ok(Head {
        organisation: organisation.to_ascii_uppercase(),
        template: template.to_owned(),
        stage: stage.to_owned(),
        from: from.to_owned(),
        by: by.to_owned(),
        at,
        source: *source,
    })
}

/// A file to fill in: a line for each answer that is asked, with nothing in `figure`.
pub fn blank(typed: &Typed) -> String {
    let mut text = [&COLUMNS.join(","), ",", WORDS, "\r\n"].concat();
    let form = typed.form();
    let (code, _) = typed.organisation();
    let template = &form.template.source().id;
    for place in typed.places() {
        let words = typed.words(place).replace('"', "\"\"");
        let line = [
            code,
            ",",
            template,
            ",",
            form.stage.unwrap_or_default(),
            ",,,,,",
            &typed.id(place),
            ",,\"",
            &words,
            "\"\r\n",
        ];
        text.push_str(&line.concat());
    }
    text
}
