//! Rust text taken apart: code, comments, strings. Just enough of the language to tell them apart.

/// A Rust source without its comments, in two parts.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Parts {
    /// The code; each string literal is an empty pair of quotes.
    pub(super) code: String,
    /// What stands in the string literals, escapes as written.
    pub(super) strings: Vec<String>,
}

impl Parts {
    /// Takes a source apart.
    pub(super) fn of(source: &str) -> Self {
        let mut parts = Self::default();
        let mut rest = source;
        while let Some(letter) = rest.chars().next() {
            rest = if let Some(comment) = rest.strip_prefix("//") {
                comment.find('\n').map_or("", |end| &comment[end..])
            } else if let Some(comment) = rest.strip_prefix("/*") {
                after_block_comment(comment)
            } else if let Some((string, after)) = string(rest, &parts.code) {
                parts.strings.push(string.to_owned());
                parts.code.push_str("\"\"");
                after
            } else if let Some(after) = character(rest) {
                parts.code.push_str("' '");
                after
            } else {
                parts.code.push(letter);
                &rest[letter.len_utf8()..]
            };
        }
        parts
    }
}

/// Block comments nest in Rust.
fn after_block_comment(comment: &str) -> &str {
    let mut depth = 1;
    let mut at = 0;
    while depth > 0 && at < comment.len() {
        let rest = &comment[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    &comment[at..]
}

/// A string literal at the start of `rest`, plain or raw, and what follows it. `before` tells a raw string's `r`
/// from the end of a name.
fn string<'a>(rest: &'a str, before: &str) -> Option<(&'a str, &'a str)> {
    if let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = inside.char_indices().find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        });
        let end = end.map_or(inside.len(), |(at, _)| at);
        return Some((&inside[..end], inside.get(end + 1..).unwrap_or("")));
    }
    let in_name =
        before.ends_with(|letter: char| letter.is_alphanumeric() && letter != 'b' || letter == '_');
    let raw = rest.strip_prefix('r').filter(|_| !in_name)?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let inside = raw[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(inside.split_once(&end).unwrap_or((inside, "")))
}

/// What follows a character literal at the start of `rest`; a lifetime is none.
fn character(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix('\'')?;
    let mut letters = inside.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        let after = &inside[letters.next().map(|(at, letter)| at + letter.len_utf8())?..];
        return after.split_once('\'').map(|(_, after)| after);
    }
    let (at, second) = letters.next()?;
    (second == '\'').then(|| &inside[at + 1..])
}

/// A JavaScript, Sass or HTML text without the lines that are comments as a whole.
pub(super) fn without_line_comments(text: &str) -> String {
    let is_comment =
        |line: &str| ["//", "/*", "* ", "*/"].iter().any(|mark| line.starts_with(mark));
    let lines: Vec<&str> = text.lines().filter(|line| !is_comment(line.trim_start())).collect();
    let mut text = lines.join("\n");
    while let Some((before, comment)) = text.split_once("<!--") {
        let after = comment.split_once("-->").map_or("", |(_, after)| after);
        text = format!("{before}{after}");
    }
    text
}

/// The text in the first quotes after `mark`.
pub(super) fn quoted_after<'a>(text: &'a str, mark: &str) -> &'a str {
    let (_, after) = text.split_once(mark).unwrap();
    after.split('"').nth(1).unwrap()
}

#[test]
fn comments_and_strings_are_told_from_code() {
    let source = "use a; // use b\n/* use c /* d */ e */ let s = \"// \\\" no\"; let c = '\"'; fn f<'a>() {}";
    let parts = Parts::of(source);
    assert_eq!(parts.code, "use a; \n let s = \"\"; let c = ' '; fn f<'a>() {}");
    assert_eq!(parts.strings, ["// \\\" no"]);
}

#[test]
fn raw_strings_are_strings() {
    let parts = Parts::of("let s = r#\"say \"crate::x\" // here\"#; letter");
    assert_eq!(parts.code, "let s = \"\"; letter");
    assert_eq!(parts.strings, ["say \"crate::x\" // here"]);
}
