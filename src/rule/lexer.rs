//! Text to tokens.

use super::fault::Fault;

/// The smallest part of an expression that means something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token<'s> {
    End,
    Int(u64),
    Name(&'s str),
    Sign(&'static str),
    Text(String),
}

/// Gives the tokens of an expression one after another, each with its byte offset.
pub(super) struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    /// The next token and where it starts; [`Token::End`] at the end, however often it is asked.
    pub(super) fn next(&mut self) -> Result<(usize, Token<'s>), Fault> {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let at = self.at + rest.len() - trimmed.len();
        let (length, token) = match trimmed.chars().next() {
            None => (0, Token::End),
            Some('a'..='z' | 'A'..='Z' | '_') => {
                let name = word(trimmed);
                (name.len(), Token::Name(name))
            }
            Some('0'..='9') => number(at, trimmed)?,
            Some(quote @ ('\'' | '"')) => text(at, trimmed, quote)?,
            Some(other) => sign(at, trimmed, other)?,
        };
        self.at = at + length;
        Ok((at, token))
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn number(at: usize, rest: &str) -> Result<(usize, Token<'_>), Fault> {
    let run = word(rest);
    let after = rest.get(run.len()..).unwrap_or_default();
    if let Some(fraction) = after.strip_prefix('.')
        && fraction.starts_with(|letter: char| letter.is_ascii_digit())
    {
        return Err(Fault::new(
            at,
            &["`", run, ".", word(fraction), "` is not a whole number"],
            &["count in tenths or hundredths instead, as whole numbers"],
        ));
    }
    if !run.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::new(
            at,
            &["`", run, "` is neither a number nor a name"],
            &["write numbers in digits only, and start names with a letter"],
        ));
    }
    if run.len() > 1 && run.starts_with('0') {
        return Err(Fault::new(
            at,
            &["the number `", run, "` starts with 0"],
            &["write it without leading zeros, and thousands without a comma, like 1024"],
        ));
    }
    match run.parse() {
        Ok(number) => Ok((run.len(), Token::Int(number))),
        Err(_) => Err(too_large(at)),
    }
}

/// The fault of a number beyond 64 bits.
pub(super) fn too_large(at: usize) -> Fault {
    Fault::new(
        at,
        &["the number is too large"],
        &["use numbers from -9223372036854775808 to 9223372036854775807"],
    )
}

fn text(at: usize, rest: &str, quote: char) -> Result<(usize, Token<'_>), Fault> {
    let mut kept = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\n' | '\r' => break,
            '\\' => kept.push(match letters.next() {
                Some((_, letter @ ('\\' | '\'' | '"'))) => letter,
                Some((_, 'n')) => '\n',
                _ => {
                    return Err(Fault::new(
                        at + place,
                        &["this `\\` has no meaning"],
                        &["write \\\\ for a backslash, \\' or \\\" for a quote, \\n for a new line"],
                    ));
                }
            }),
            letter if letter == quote => return Ok((place + 1, Token::Text(kept))),
            letter => kept.push(letter),
        }
    }
    let quote = quote.to_string();
    Err(Fault::new(at, &["this text is not closed"], &["add ", &quote, " where the text ends"]))
}

fn sign(at: usize, rest: &str, first: char) -> Result<(usize, Token<'_>), Fault> {
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Ok((sign.len(), Token::Sign(sign)));
    }
    let help = match first {
        '=' => "write == to compare",
        '&' => "write && for “and”",
        '|' => "write || for “or”",
        '≤' => "write <=",
        '≥' => "write >=",
        '≠' => "write !=",
        '×' => "write *",
        '÷' => "write /",
        '–' | '—' | '−' => "write - for minus",
        '‘' | '’' | '“' | '”' => "put text between straight quotes, like 'acute'",
        '{' | '}' => "braces belong to messages; leave them out here",
        ';' => "write one expression only",
        '\u{a0}' => "this is a no-break space; write an ordinary space",
        _ => "use names, numbers, text in quotes, and the operators of the rule language",
    };
    let shown = if first.is_control() || first.is_whitespace() {
        "this character".to_owned()
    } else {
        ["`", first.encode_utf8(&mut [0; 4]), "`"].concat()
    };
    Err(Fault::new(at, &[&shown, " has no meaning here"], &[help]))
}

/// Longer signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 22] = [
    "&&", "||", "==", "!=", "<=", ">=", "!", "<", ">", "+", "-", "*", "/", "%", "?", ":", "(", ")",
    "[", "]", ",", ".",
];
