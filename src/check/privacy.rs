//! Free text must not identify anyone: NHS numbers, e-mail addresses, telephone numbers.

use crate::template::source::FaultKind;

/// What free text holds that identifies a person, the gravest first.
pub(super) fn scan(text: &str) -> Option<FaultKind> {
    if runs(text).iter().any(|run| is_nhs_number(run)) {
        return Some(FaultKind::NhsNumber);
    }
    let email = text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            local.ends_with(char::is_alphanumeric)
                && domain.contains('.')
                && domain.starts_with(char::is_alphanumeric)
        })
    });
    let phone = runs(text).iter().any(|run| {
        (run.len() == 11 && run.starts_with(&[0])) || (run.len() == 12 && run.starts_with(&[4, 4]))
    });
    (email || phone).then_some(FaultKind::ContactDetails)
}

/// Maximal runs of digits, with single spaces or hyphens allowed between them (domain.md 8.2).
fn runs(text: &str) -> Vec<Vec<u8>> {
    let mut runs = Vec::new();
    let mut run: Vec<u8> = Vec::new();
    let mut gap = 0;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10).and_then(|d| u8::try_from(d).ok()) {
            run.push(digit);
            gap = 0;
        } else if matches!(c, ' ' | '-' | '\u{a0}' | '\u{2011}' | '\u{2013}')
            && gap == 0
            && !run.is_empty()
        {
            gap = 1;
        } else {
            gap = 0;
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
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
