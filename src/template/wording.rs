//! Words and marks that are never said to people, in whatever data they stand.

use crate::gather::Gather as _;

/// Words that are never said to people, and what to say instead.
const NEVER: [(&str, &str); 6] = [
    ("please", "Say what to do, without “please”."),
    ("invalid", "Say what to enter instead."),
    ("mandatory", "Say “Enter …” or “Select …”."),
    ("sorry", "Say what happened and what to do."),
    ("oops", "Say what happened and what to do."),
    ("forbidden", "Say what to do instead."),
];

/// What is wrong with a text, and what to do about it. Inside `{…}` stands an expression, where a straight quote is right.
pub(crate) fn complaints(text: &str) -> Vec<(String, &'static str)> {
    let lower = text.to_lowercase();
    let said = |word: &str| lower.split(|c: char| !c.is_alphabetic()).any(|own| own == word);
    let mut found: Vec<_> = NEVER
        .iter()
        .filter(|(word, _)| said(word))
        .map(|(word, help)| (format!("the word “{word}”"), *help))
        .gather();
    let words: String = text
        .split('{')
        .map(|part| part.rsplit_once('}').map_or(part, |(_, after)| after))
        .collect();
    if words.contains(['"', '\'']) {
        found.push(("straight quotes in wording".to_owned(), "Use curly quotes: ‘ ’ “ ”."));
    }
    found
}
