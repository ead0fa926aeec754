//! Text that people or files supplied, made safe to look at.
//!
//! Escaping is maud's work. This module does the other half: a character that shows nothing, or that turns
//! the reading direction of its neighbours, is shown as its code point, so that what a person reads
//! is what the file holds (Unicode Technical Report 36, sections 2.10 and 3.6).

use std::borrow::Cow;
use std::fmt::Write as _;

use maud::{Markup, html};

use crate::letters::is_unseen;

/// The text with every invisible or direction-changing character replaced by `[U+XXXX]`.
///
/// Line breaks and tabs stay: they show as white space. Borrowed when there is nothing to replace.
///
/// # Example
///
/// ```
/// use ia_returns::page::text::visible;
/// assert_eq!(visible("Ward 7"), "Ward 7");
/// assert_eq!(visible("annual\u{202E}lsx.exe"), "annual[U+202E]lsx.exe");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unseen(character) {
            // Writing to a `String` cannot fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Text from outside, isolated from the direction of the sentence around it.
pub fn outside(text: &str) -> Markup {
    html! { bdi { (visible(text)) } }
}

/// Text of several lines from outside: every line is isolated, and line breaks are kept.
pub fn outside_lines(text: &str) -> Markup {
    html! {
        @for (index, line) in text.lines().enumerate() {
            @if index > 0 { br; }
            (outside(line))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_left_alone_and_not_copied() {
        for text in ["", "Café, 20% — “quoted”", "two\nlines\tand a tab", "عربى", "שלום"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        let cases = [
            ("a\u{0}b", "a[U+0000]b"),
            ("a\rb", "a[U+000D]b"),
            ("a\u{1B}[2Jb", "a[U+001B][2Jb"),
            ("a\u{7F}\u{85}b", "a[U+007F][U+0085]b"),
            ("a\u{202E}b\u{2066}c\u{2069}", "a[U+202E]b[U+2066]c[U+2069]"),
            ("zero\u{200B}width\u{FEFF}", "zero[U+200B]width[U+FEFF]"),
            ("tag\u{E0041}", "tag[U+E0041]"),
        ];
        for (text, expected) in cases {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn markup_from_outside_is_escaped_and_isolated() {
        assert_eq!(outside("<b>\u{202E}&").into_string(), "<bdi>&lt;b&gt;[U+202E]&amp;</bdi>");
        assert_eq!(outside_lines("one\ntwo").into_string(), "<bdi>one</bdi><br><bdi>two</bdi>");
    }
}
