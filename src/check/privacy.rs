//! Free text must not identify anyone: NHS numbers, e-mail addresses, telephone numbers.
//!
//! No regular expressions: their engine would be a tenth of the page.

use crate::letters::{is_of_word, is_unseen};
use crate::template::source::{FaultKind, Privacy};

/// What a text holds that identifies a person, the gravest first.
pub(super) fn scan(text: &str, privacy: Privacy) -> Vec<FaultKind> {
    let nhs_number = match privacy {
        Privacy::Contact => return Vec::new(),
        Privacy::Reference => FaultKind::NhsNumberReference,
        Privacy::Strict => FaultKind::NhsNumber,
    };
    let (mut nhs_numbers, mut placeholders, mut phones) = (false, false, false);
    for run in runs(text) {
        phones |= run.has_phone_number();
        for number in run.ten_digits() {
            let equal = number.iter().all(|digit| Some(digit) == number.first());
            placeholders |= equal;
            nhs_numbers |= !equal && is_nhs_number(number);
        }
    }
    let contact = privacy == Privacy::Strict && (phones || has_email(text));
    let mut found = Vec::new();
    if nhs_numbers {
        found.push(nhs_number);
    }
    if contact {
        found.push(FaultKind::ContactDetails);
    }
    if placeholders {
        found.push(FaultKind::PlaceholderNumber);
    }
    found
}

/// Digits with nothing between them but spaces, hyphens and the like.
#[derive(Default)]
struct Run {
    digits: Vec<u8>,
    /// How many digits stand together each time.
    groups: Vec<usize>,
}

/// How many characters may stand between two groups of one run: “943 - 476”.
const WIDEST_GAP: usize = 3;

/// The most digits of a telephone number: 0044 (0)20 7946 0991.
const LONGEST_PHONE: usize = 15;

/// Every run of digits, each as long as it goes (domain.md 8.2).
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    // How far the last digit is away; none where something else stands between.
    let mut gap: Option<usize> = None;
    for character in text.chars().filter(|character| !is_unseen(*character)) {
        match (digit(character), gap) {
            (Some(digit), Some(gap)) => {
                if let Some(run) = runs.last_mut() {
                    run.push(digit, gap == 0);
                }
            }
            (Some(digit), None) => {
                let mut run = Run::default();
                run.push(digit, false);
                runs.push(run);
            }
            (None, Some(far)) if joins(character) && far < WIDEST_GAP => {
                gap = Some(far + 1);
                continue;
            }
            (None, _) => {
                gap = None;
                continue;
            }
        }
        gap = Some(0);
    }
    runs
}

/// The digit of a character, those of full width too.
fn digit(character: char) -> Option<u8> {
    let plain = match character {
        '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(character) - 0xFF10 + 0x30)?,
        other => other,
    };
    plain.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

/// Spaces, hyphens and dashes, and what people put around the parts of a telephone number.
fn joins(character: char) -> bool {
    matches!(character,
        ' ' | '\t' | '\n' | '\r' | '-' | '.' | '(' | ')' | '\u{A0}' | '\u{2000}'..='\u{200A}'
        | '\u{2010}'..='\u{2015}' | '\u{202F}' | '\u{205F}' | '\u{2212}' | '\u{3000}')
}

impl Run {
    fn push(&mut self, digit: u8, together: bool) {
        self.digits.push(digit);
        match self.groups.last_mut() {
            Some(group) if together => *group += 1,
            _ => self.groups.push(1),
        }
    }

    /// The ten digits that could be an NHS number: all of a run of ten, however it is grouped; in a
    /// longer one, ten that stand together or as 3, 3 and 4, such as after the number of a bay.
    fn ten_digits(&self) -> Vec<&[u8]> {
        if is_phone_number(&self.digits, self.groups.first()) || self.has_date() {
            return Vec::new();
        }
        if self.digits.len() == 10 {
            return vec![&self.digits];
        }
        let mut found = Vec::new();
        let mut start = 0;
        for (number, group) in self.groups.iter().enumerate() {
            let usual = self.groups.get(number..number + 3) == Some(&[3, 3, 4]);
            if *group == 10 || usual {
                found.extend(self.digits.get(start..start + 10));
            }
            start += group;
        }
        found
    }

    /// Whether groups of it, the first of which begins like one, are a UK telephone number.
    fn has_phone_number(&self) -> bool {
        let mut start = 0;
        for (number, first) in self.groups.iter().enumerate() {
            let mut end = start;
            for group in self.groups.get(number..).unwrap_or_default() {
                end += group;
                // Longer ones are none, and a text of single digits would be gone through for each of them.
                if end - start > LONGEST_PHONE {
                    break;
                }
                let digits = self.digits.get(start..end).unwrap_or_default();
                if is_phone_number(digits, Some(first)) {
                    return true;
                }
            }
            start += first;
        }
        false
    }

    /// Whether three neighbouring groups are a date: one with an hour beside it, 2023-07-25 08:00,
    /// has ten digits too.
    fn has_date(&self) -> bool {
        let mut start = 0;
        for (number, group) in self.groups.iter().enumerate() {
            let (year, month, day) = match self.groups.get(number..number + 3) {
                Some([4, 2, 2]) => (0..4, 4..6, 6..8),
                Some([2, 2, 4]) => (4..8, 2..4, 0..2),
                _ => {
                    start += group;
                    continue;
                }
            };
            let part = |range: std::ops::Range<usize>| {
                let digits = self.digits.get(start + range.start..start + range.end);
                digits.map_or(0, |d| d.iter().fold(0_u32, |sum, d| sum * 10 + u32::from(*d)))
            };
            let (year, month, day) = (part(year), part(month), part(day));
            if (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
            {
                return true;
            }
            start += group;
        }
        false
    }
}

/// Eleven digits from an area code of three or more (020, 0115, 07700), or +44 and ten more with
/// or without the 0 that falls away: +44 (0)20 7946 0991.
fn is_phone_number(digits: &[u8], first: Option<&usize>) -> bool {
    let long = first.is_some_and(|first| *first >= 3);
    match digits {
        [0, 0, 4, 4, ..] => matches!(digits.len(), 14 | 15),
        [0, ..] => digits.len() == 11 && long,
        [4, 4, 0, ..] => matches!(digits.len(), 12 | 13),
        [4, 4, ..] => digits.len() == 12,
        _ => false,
    }
}

/// NHS number by modulus 11 (NHS Data Dictionary).
fn is_nhs_number(run: &[u8]) -> bool {
    let (Some((check, first)), 10) = (run.split_last(), run.len()) else { return false };
    let weights = (2..=10).rev();
    let weighted: u32 = first
        .iter()
        .zip(weights)
        .map(|(digit, weight): (&u8, u32)| u32::from(*digit) * weight)
        .sum();
    (11 - weighted % 11) % 11 == u32::from(*check)
}

fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            local.ends_with(is_of_word)
                && domain.bytes().any(|byte| byte == b'.')
                && domain.starts_with(is_of_word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use FaultKind::{ContactDetails, NhsNumber, NhsNumberReference, PlaceholderNumber};
    use proptest::prelude::*;

    /// domain.md 8.2, recomputed.
    const VALID: [&str; 5] = ["9434765919", "4857773457", "9876543210", "9990000018", "9990000026"];
    const WRONG: [&str; 2] = ["4857773456", "9990000000"];

    fn strict(text: &str) -> Vec<FaultKind> {
        scan(text, Privacy::Strict)
    }

    #[test]
    fn nhs_numbers_are_found_however_they_are_grouped() {
        for number in VALID {
            assert_eq!(strict(number), [NhsNumber], "{number}");
        }
        for text in [
            "943 476 5919",
            "943-476-5919",
            "943.476.5919",
            "(943) 476 5919",
            "943\u{2011}476\u{2013}5919",
            "943\u{a0}476\u{2009}5919",
            "943  476  5919",
            "943 - 476 - 5919",
            "9 4 3 4 7 6 5 9 1 9",
            "99 90 00 00 26",
            "ref 4857773457.",
            "a9990000018b",
            "943\u{200b}476\u{ad}5919",
            "\u{ff19}\u{ff14}\u{ff13} 476 5919",
            "943 476\n5919",
            "Bay 7 943 476 5919",
            "2 patients, 9434765919 7",
        ] {
            assert_eq!(strict(text), [NhsNumber], "{text}");
        }
    }

    #[test]
    fn other_digits_are_no_nhs_numbers() {
        for text in WRONG {
            assert_eq!(strict(text), [], "{text}");
        }
        for text in [
            "94347659190",
            "943476591",
            "943, 476, 5919",
            "943/476/5919",
            "12 staff on 25 July, 40 of 88",
            // Ten digits that pass, and are a date with an hour.
            "from 2023-07-25 06:00",
            "from 2023-07-25 14:00",
        ] {
            assert_eq!(strict(text), [], "{text}");
        }
        assert!(is_nhs_number(&[2, 0, 2, 3, 0, 7, 2, 5, 0, 6]), "the date would pass");
    }

    #[test]
    fn ten_equal_digits_are_a_note() {
        for text in ["9999999999", "111 111 1111", "0000000000"] {
            assert_eq!(strict(text), [PlaceholderNumber], "{text}");
            assert_eq!(scan(text, Privacy::Reference), [PlaceholderNumber], "{text}");
        }
    }

    #[test]
    fn contact_details_are_found() {
        for text in [
            "call 020 7946 0991",
            "call (020) 7946 0991",
            "07700 900123",
            "07700900123",
            "+44 20 7946 0991",
            "+44 (0)20 7946 0991",
            "0044 20 7946 0991",
            "Ward 4 020 7946 0991",
            // Three, three and four in a telephone number are part of it.
            "+44 161 496 0018",
            "ask a.b@nhs.net about it",
            "<a.b@nhs.net>",
        ] {
            assert_eq!(strict(text), [ContactDetails], "{text}");
        }
        for text in ["25 July, 40 of 88", "12 @ 08:00", "@team", "2023-07-25", "999 or 111"] {
            assert_eq!(strict(text), [], "{text}");
        }
    }

    #[test]
    fn everything_that_is_found_is_said_the_gravest_first() {
        let text = "943 476 5919; 111 111 1111; a.b@nhs.net";
        assert_eq!(strict(text), [NhsNumber, ContactDetails, PlaceholderNumber]);
        assert_eq!(scan(text, Privacy::Reference), [NhsNumberReference, PlaceholderNumber]);
        assert_eq!(scan(text, Privacy::Contact), []);
    }

    fn with_check_digit(first: &[u8]) -> Option<Vec<u8>> {
        (0..10).find_map(|check| {
            let number: Vec<u8> = first.iter().copied().chain([check]).collect();
            is_nhs_number(&number).then_some(number)
        })
    }

    fn written(digits: &[u8], gaps: &[usize]) -> String {
        const GAPS: [&str; 6] = ["", " ", "-", "\u{a0}", " - ", "\u{2013}"];
        let parts = digits.iter().zip(gaps.iter().chain(&[0]));
        parts.fold(String::new(), |text, (digit, gap)| text + &digit.to_string() + GAPS[*gap])
    }

    proptest! {
        #[test]
        fn a_number_is_found_in_any_grouping(
            first in prop::collection::vec(0_u8..10, 9),
            gaps in prop::collection::vec(0_usize..6, 9),
            before in "[a-z,;:/ ]{0,6}",
            after in "[a-z,;:/ ]{0,6}",
        ) {
            let number = with_check_digit(&first);
            prop_assume!(number.is_some());
            let number = number.unwrap();
            prop_assume!(number.iter().any(|digit| *digit != number[0]));
            let text = format!("{before}x{}x{after}", written(&number, &gaps));
            prop_assume!(!runs(&text)[0].has_date());
            prop_assert_eq!(strict(&text), [NhsNumber], "{}", text);
        }

        #[test]
        fn another_check_digit_is_no_nhs_number(
            digits in prop::collection::vec(0_u8..10, 10),
            gaps in prop::collection::vec(0_usize..6, 9),
        ) {
            prop_assume!(!is_nhs_number(&digits));
            let found = strict(&written(&digits, &gaps));
            prop_assert!(!found.contains(&NhsNumber), "{:?}", digits);
        }

        #[test]
        fn any_text_at_all_is_scanned(text in any::<String>()) {
            let _ = strict(&text);
        }
    }
}
