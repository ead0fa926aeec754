//! Numbers and counts in words for people.

use crate::check::with_decimals;

/// A whole number with commas at thousands, and a decimal point before its last `decimals` digits.
///
/// # Example
///
/// ```
/// use ia_returns::page::words::number;
/// assert_eq!(number(12_345, 0), "12,345");
/// assert_eq!(number(591, 1), "59.1");
/// ```
pub fn number(value: i64, decimals: u8) -> String {
    with_decimals(value, decimals)
}

/// A word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut capitalised = word.to_owned();
    if let Some(first) = capitalised.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capitalised
}

/// A count and what is counted: “1 figure”, “2 figures”.
pub fn count(number_of: usize, one: &str, several: &str) -> String {
    let counted = if number_of == 1 { one } else { several };
    let number_of = i64::try_from(number_of).unwrap_or(i64::MAX);
    format!("{} {counted}", number(number_of, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let cases = [
            (0, 0, "0"),
            (999, 0, "999"),
            (1_000, 0, "1,000"),
            (1_234_567, 0, "1,234,567"),
            (-5, 0, "\u{2212}5"),
            (0, 1, "0.0"),
            (5, 1, "0.5"),
            (-5, 1, "\u{2212}0.5"),
            (-15, 1, "\u{2212}1.5"),
            (1_000, 1, "100.0"),
            (123_456, 2, "1,234.56"),
        ];
        for (value, decimals, expected) in cases {
            assert_eq!(number(value, decimals), expected);
        }
        assert_eq!(count(1, "figure", "figures"), "1 figure");
        assert_eq!(count(1_200, "figure", "figures"), "1,200 figures");
    }
}
