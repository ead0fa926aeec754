//! What was typed, read once: an answer, or the kind of mistake and nothing lost.
//!
//! `1,024` is read as 1024; anything else that is not plain digits is asked about, never guessed.

use super::{Answer, Scalar};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json::is_noncharacter;
use crate::template::FieldKind;
use crate::template::source::{FaultKind, Field};
use crate::time::{Date, LocalTime};

/// The greatest count a field takes unless it says otherwise (domain.md 10, `int0`).
pub const GREATEST_COUNT: i64 = 99_999;
/// The most characters of a single line unless the field says otherwise.
pub const LONGEST_LINE: i64 = 200;
/// The longest duration a field takes unless it says otherwise: a day, in seconds.
pub const LONGEST_DURATION: i64 = 86_400;
/// The most characters of a longer text unless the field says otherwise.
pub const LONGEST_TEXT: i64 = 1_000;

/// The least and greatest number, or the fewest and most characters, that a field takes.
pub fn bounds(field: &Field) -> (i64, i64) {
    let greatest = match field.kind {
        FieldKind::Count => GREATEST_COUNT,
        FieldKind::Duration => LONGEST_DURATION,
        FieldKind::Text => LONGEST_TEXT,
        _ => LONGEST_LINE,
    };
    (field.min.unwrap_or(0), field.max.unwrap_or(greatest))
}

/// Reads what was typed into a field. Spaces at both ends do not matter; nothing typed is
/// [`Answer::Unanswered`]. Several choices are given by their ids, with commas between them.
///
/// # Errors
/// The kind of mistake; the typed text stays with the caller.
pub fn read(form: &Form, field: &Field, typed: &str) -> Result<Answer, FaultKind> {
    let text = typed.trim_matches([' ', '\t', '\n', '\r']);
    if text.is_empty() {
        return Ok(Answer::Unanswered);
    }
    let scalar = match field.kind {
        FieldKind::Choices => Scalar::List(chosen(form, field, text)?),
        FieldKind::Count => Scalar::Int(count(text)?),
        FieldKind::Duration => Scalar::Int(duration(text)?),
        FieldKind::YesNo => match text {
            "yes" => Scalar::Bool(true),
            "no" => Scalar::Bool(false),
            _ => return Err(FaultKind::NotInList),
        },
        FieldKind::Choice
        | FieldKind::Date
        | FieldKind::Email
        | FieldKind::Line
        | FieldKind::Moment
        | FieldKind::Table
        | FieldKind::Text => Scalar::Text(text.to_owned()),
    };
    match fault(form, field, &scalar) {
        None => Ok(Answer::Value(scalar)),
        Some(kind) => Err(kind),
    }
}

/// What is wrong with a value of the field's type, if anything: its bounds, its form, its options.
pub fn fault(form: &Form, field: &Field, scalar: &Scalar) -> Option<FaultKind> {
    let (least, greatest) = bounds(field);
    match (field.kind, scalar) {
        (_, Scalar::Int(number)) => {
            if *number < 0 && least == 0 {
                Some(FaultKind::Negative)
            } else if *number < least {
                Some(FaultKind::TooSmall)
            } else {
                (*number > greatest).then_some(FaultKind::TooLarge)
            }
        }
        (_, Scalar::Bool(_)) => None,
        (_, Scalar::List(ids)) => {
            let options = form.options(field);
            let known = |id: &String| options.iter().any(|option| option.id == *id);
            if ids.is_empty() {
                return Some(FaultKind::MissingChoice);
            }
            (!ids.iter().all(known)).then_some(FaultKind::NotInList)
        }
        (_, Scalar::Text(text)) if text.trim().is_empty() => Some(FaultKind::Missing),
        (kind, Scalar::Text(text)) if text.chars().any(|c| cannot_stand(kind, c)) => {
            Some(FaultKind::Characters)
        }
        (FieldKind::Choice, Scalar::Text(id)) => {
            let found = form.options(field).iter().any(|option| option.id == *id);
            (!found).then_some(FaultKind::NotInList)
        }
        (FieldKind::Date, Scalar::Text(text)) => {
            Date::parse(text).is_err().then_some(FaultKind::NotADate)
        }
        (FieldKind::Moment, Scalar::Text(text)) => {
            let found = LocalTime::parse(text).and_then(LocalTime::instant);
            found.is_err().then_some(FaultKind::NotAMoment)
        }
        (kind, Scalar::Text(text)) => {
            let length = characters(text);
            if length > greatest {
                Some(FaultKind::TooLong)
            } else if length < least {
                Some(FaultKind::TooShort)
            } else {
                (kind == FieldKind::Email && !is_email(text)).then_some(FaultKind::Email)
            }
        }
    }
}

/// Characters that no file may carry, and control characters outside a text of several lines.
fn cannot_stand(kind: FieldKind, c: char) -> bool {
    let breaks = kind == FieldKind::Text && matches!(c, '\n' | '\r' | '\t');
    is_noncharacter(c) || (c.is_control() && !breaks)
}

/// The number of characters, as a limit counts them.
pub fn characters(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

/// The ids chosen, in the order of the options, each once.
fn chosen(form: &Form, field: &Field, text: &str) -> Result<Vec<String>, FaultKind> {
    let typed: Vec<&str> = text.split(',').map(str::trim).filter(|id| !id.is_empty()).gather();
    let options = form.options(field);
    if typed.iter().any(|id| !options.iter().any(|option| option.id == *id)) {
        return Err(FaultKind::NotInList);
    }
    let mut chosen = Vec::new();
    for option in options {
        if typed.contains(&option.id.as_str()) {
            chosen.push(option.id.clone());
        }
    }
    Ok(chosen)
}

/// Reads minutes and seconds, `32:15`, as seconds.
fn duration(text: &str) -> Result<i64, FaultKind> {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let (minutes, seconds) = text.split_once(':').ok_or(FaultKind::NotADuration)?;
    if !digits(minutes) || !digits(seconds) || seconds.len() != 2 {
        return Err(FaultKind::NotADuration);
    }
    let minutes: i64 = minutes.parse().map_err(|_| FaultKind::TooLarge)?;
    let seconds: i64 = seconds.parse().map_err(|_| FaultKind::NotADuration)?;
    if seconds >= 60 {
        return Err(FaultKind::NotADuration);
    }
    let whole = minutes.checked_mul(60).and_then(|whole| whole.checked_add(seconds));
    whole.ok_or(FaultKind::TooLarge)
}

/// Seconds as minutes and seconds, the way they are typed: 1935 is `32:15`.
pub fn duration_words(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Reads a whole number: digits, with commas at thousands or none.
fn count(text: &str) -> Result<i64, FaultKind> {
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let has = |signs: &[u8]| digits.bytes().any(|byte| signs.contains(&byte));
    let is_of_number = |byte: u8| byte.is_ascii_digit() || b",.eE+-".contains(&byte);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(is_of_number) {
        return Err(FaultKind::NotANumber);
    }
    if has(b"eE") {
        return Err(FaultKind::Exponent);
    }
    if has(b"+-") {
        return Err(FaultKind::NotANumber);
    }
    if has(b".") {
        return Err(FaultKind::Decimal);
    }
    if negative {
        return Err(FaultKind::Negative);
    }
    if has(b",") {
        let mut groups = digits.split(',');
        let first = groups.next().unwrap_or_default();
        if !(1..=3).contains(&first.len()) || !groups.all(|group| group.len() == 3) {
            return Err(FaultKind::Grouping);
        }
    }
    let mut plain = String::new();
    for group in digits.split(',') {
        plain.push_str(group);
    }
    plain.parse().map_err(|_| FaultKind::TooLarge)
}

/// The form of a work e-mail address: one `@`, a dotted domain, no spaces.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').gather();
    let label = |l: &&str| {
        !l.is_empty()
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let is_of_local =
        |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let local_good = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local.bytes().all(is_of_local);
    local_good && labels.len() >= 2 && labels.iter().all(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use FaultKind::{Decimal, Exponent, Grouping, Negative, NotANumber, TooLarge};

    #[test]
    fn a_count_is_read_or_its_mistake_is_named() {
        let cases: [(&str, Result<i64, FaultKind>); 22] = [
            ("0", Ok(0)),
            ("88", Ok(88)),
            ("007", Ok(7)),
            ("1,024", Ok(1024)),
            ("12,345", Ok(12345)),
            ("10,24", Err(Grouping)),
            ("1,0244", Err(Grouping)),
            (",024", Err(NotANumber)),
            ("12.5", Err(Decimal)),
            ("12.0", Err(Decimal)),
            ("1.024", Err(Decimal)),
            ("1e3", Err(Exponent)),
            ("-4", Err(Negative)),
            ("\u{2212}4", Err(Negative)),
            ("+4", Err(NotANumber)),
            ("4-5", Err(NotANumber)),
            ("four", Err(NotANumber)),
            ("1\u{a0}024", Err(NotANumber)),
            ("88\u{a0}", Err(NotANumber)),
            ("\u{ff11}\u{ff12}", Err(NotANumber)),
            ("1 024", Err(NotANumber)),
            ("99999999999999999999", Err(TooLarge)),
        ];
        for (text, expected) in cases {
            assert_eq!(count(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_email_address_has_the_form_of_one() {
        for good in ["a.b@nhs.net", "o'neil@nuh.nhs.uk", "x_y@a-b.nhs.uk"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@nhs.net",
            "a@nhs",
            "a b@nhs.net",
            "a@nhs..uk",
            "a@b@nhs.net",
            "a@-x.uk",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
