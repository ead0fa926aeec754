//! Free text must not identify anyone: NHS numbers, e-mail addresses, telephone numbers.

use crate::letters::is_of_word;
use crate::template::source::FaultKind;

/// What free text holds that identifies a person, the gravest first.
pub(super) fn scan(text: &str) -> Option<FaultKind> {
    let runs = runs(text);
    if runs.iter().any(|run| holds_nhs_number(run)) {
        return Some(FaultKind::NhsNumber);
    }
    let email = text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            local.ends_with(is_of_word) && domain.contains('.') && domain.starts_with(is_of_word)
        })
    });
    let phone = runs.iter().map(|run| run.concat()).any(|digits| {
        (digits.len() == 11 && digits.starts_with(&[0]))
            || (digits.len() == 12 && digits.starts_with(&[4, 4]))
    });
    (email || phone).then_some(FaultKind::ContactDetails)
}

/// Groups of digits with one separator between them, and runs of such groups (domain.md 8.2).
fn runs(text: &str) -> Vec<Vec<Vec<u8>>> {
    let mut runs: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
    let mut gap = 0;
    for c in text.chars() {
        let digit = c.to_digit(10).and_then(|d| u8::try_from(d).ok());
        let joins = matches!(c, ' ' | '-' | '.' | '\n' | '\u{a0}' | '\u{2011}' | '\u{2013}');
        match (digit, runs.last_mut()) {
            (Some(digit), Some(run)) => {
                match run.last_mut() {
                    Some(group) if gap == 0 => group.push(digit),
                    _ => run.push(vec![digit]),
                }
                gap = 0;
            }
            (None, _) if joins && gap == 0 => gap = 1,
            _ => {
                gap = 0;
                runs.push(Vec::new());
            }
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Whether neighbouring groups of a run, taken together, are an NHS number: “Bay 7 943 476 5919”.
fn holds_nhs_number(run: &[Vec<u8>]) -> bool {
    (0..run.len()).any(|first| {
        let mut digits = Vec::new();
        run.iter().skip(first).any(|group| {
            digits.extend_from_slice(group);
            is_nhs_number(&digits)
        })
    })
}

/// NHS number by modulus 11 (NHS Data Dictionary); ten equal digits are placeholders, not numbers.
fn is_nhs_number(run: &[u8]) -> bool {
    let (Some((check, first)), 10) = (run.split_last(), run.len()) else { return false };
    if run.iter().all(|digit| digit == check) {
        return false;
    }
    let weighted: u32 = first
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight): (&u8, u32)| u32::from(*digit) * weight)
        .sum();
    (11 - weighted % 11) % 11 == u32::from(*check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nhs_numbers_are_found_however_they_are_grouped() {
        for text in [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            "ref 4857773457.",
            "a9990000018b",
            "99 90 00 00 26",
        ] {
            assert_eq!(scan(text), Some(FaultKind::NhsNumber), "{text}");
        }
        for text in [
            "4857773456",
            "9990000000",
            "9999999999",
            "0000000000",
            "94347659190",
            "12 staff on 25 July",
            "943  476  5919",
        ] {
            assert_ne!(scan(text), Some(FaultKind::NhsNumber), "{text}");
        }
    }

    #[test]
    fn contact_details_are_found() {
        for text in ["call 020 7946 0991", "+44 20 7946 0991", "ask a.b@nhs.net about it"] {
            assert_eq!(scan(text), Some(FaultKind::ContactDetails), "{text}");
        }
        for text in ["25 July, 40 of 88", "12 @ 08:00", "@team"] {
            assert_eq!(scan(text), None, "{text}");
        }
    }
}
