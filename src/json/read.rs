//! The strict reader: I-JSON (RFC 7493), whole numbers only, one pass over the bytes.
//!
//! Why not `serde_json`'s own: it keeps the last of two members with one name, reads fractions, and
//! counts no pointer, so two programs could read one signed file in two ways.

use super::place::{Place, push_segment};
use super::{MAX_BYTES, MAX_DEPTH, MAX_INTEGER, MAX_VALUES, ReadError, ReadFault, Value};

/// Reads one JSON document.
///
/// # Errors
///
/// The first [`ReadFault`] of the text, in byte order, with its [`Place`].
/// For a doubled name, a control character, an escape or a wrong code point the offset is where it
/// starts; for a number it is the number's start; for a text that stops early, its length.
/// The pointer names the value that is wrong; for a fault in a name or in punctuation, the object or
/// array around it.
pub fn read(bytes: &[u8]) -> Result<Value, ReadError> {
    read_document(bytes).map_err(|failure| failure.place_in(bytes))
}

fn read_document(bytes: &[u8]) -> Result<Value, Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(fail(ReadFault::TooLong { bytes: bytes.len() }, MAX_BYTES));
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        return Err(fail(ReadFault::ByteOrderMark, 0));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Reader::new(text).document(),
        Err(broken) => Err(not_utf8(bytes, broken.valid_up_to())),
    }
}

/// The first fault of a text that is UTF-8 only up to `end`: one before `end` if there is one, so that
/// faults come in byte order, and otherwise the broken bytes, in the value that they interrupt.
fn not_utf8(bytes: &[u8], end: usize) -> Failure {
    let sound = bytes.get(..end).and_then(|sound| std::str::from_utf8(sound).ok()).unwrap_or("");
    match Reader::new(sound).document() {
        Err(mut failure) => {
            if failure.0.fault == ReadFault::Ended {
                failure.0.fault = ReadFault::NotUtf8;
            }
            failure
        }
        Ok(_) => fail(ReadFault::NotUtf8, end),
    }
}

/// Whether a code point is one of the 66 noncharacters, which I-JSON forbids in strings and names.
pub fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

/// A fault on its way out: each object and array that it passes adds its own segment, so that reading
/// a good document pays nothing for pointers.
pub(super) struct Failure(Box<Fall>);

struct Fall {
    fault: ReadFault,
    offset: usize,
    /// Innermost first.
    segments: Vec<String>,
}

fn fail(fault: ReadFault, offset: usize) -> Failure {
    Failure(Box::new(Fall { fault, offset, segments: Vec::new() }))
}

impl Failure {
    fn under(mut self, segment: String) -> Self {
        self.0.segments.push(segment);
        self
    }

    fn place_in(self, bytes: &[u8]) -> ReadError {
        let Fall { fault, offset, segments } = *self.0;
        let mut pointer = String::new();
        for segment in segments.iter().rev() {
            push_segment(&mut pointer, segment);
        }
        ReadError { fault, place: Place::new(bytes, offset, pointer) }
    }
}

/// A member of an object that is being read, and where its name starts.
struct Member {
    name: String,
    at: usize,
    value: Value,
}

/// A cursor over a text. Between two of its steps `at` lies on a character boundary.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, values: 0 }
    }

    pub(super) fn offset(&self) -> usize {
        self.at
    }

    fn document(mut self) -> Result<Value, Failure> {
        self.skip_space();
        let value = self.value(0)?;
        self.skip_space();
        if self.peek().is_some() { Err(fail(ReadFault::Trailing, self.at)) } else { Ok(value) }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes `byte` if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    /// What is wrong here, when none of the things `expected` comes next.
    fn unexpected(&self, expected: &'static str) -> Failure {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => fail(ReadFault::Unexpected { expected, found }, self.at),
            None => fail(ReadFault::Ended, self.at),
        }
    }

    /// Reads the value that starts here, inside `depth` objects and arrays.
    pub(super) fn value(&mut self, depth: usize) -> Result<Value, Failure> {
        self.values += 1;
        match self.peek() {
            _ if self.values > MAX_VALUES => Err(fail(ReadFault::TooMany, self.at)),
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err(fail(ReadFault::Depth, self.at)),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, Failure> {
        for byte in word.bytes() {
            if !self.take(byte) {
                return Err(self.unexpected(word));
            }
        }
        Ok(value)
    }

    fn array(&mut self, depth: usize) -> Result<Value, Failure> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            self.skip_space();
            let item = self.value(depth).map_err(|f| f.under(items.len().to_string()))?;
            items.push(item);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.unexpected("a comma or ]"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Failure> {
        let mut members = Vec::new();
        let end = self.members(depth, &mut members);
        // In the order of the text, a doubled name comes before whatever ended the reading.
        members.sort_unstable_by(|one: &Member, other| {
            (&one.name, one.at).cmp(&(&other.name, other.at))
        });
        let twins = members.windows(2).filter_map(|pair| match pair {
            [one, twin] if one.name == twin.name => Some(twin),
            _ => None,
        });
        if let Some(twin) = twins.min_by_key(|twin| twin.at) {
            return Err(fail(ReadFault::DuplicateName { name: twin.name.clone() }, twin.at));
        }
        end?;
        Ok(Value::Object(members.into_iter().map(|member| (member.name, member.value)).collect()))
    }

    /// Reads members up to the brace that ends them.
    fn members(&mut self, depth: usize, members: &mut Vec<Member>) -> Result<(), Failure> {
        self.at += 1;
        self.skip_space();
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            self.skip_space();
            let at = self.at;
            let name = self.name()?;
            members.push(Member { name, at, value: Value::Null });
            let value = self.value(depth);
            if let Some(member) = members.last_mut() {
                member.value = value.map_err(|failure| failure.under(member.name.clone()))?;
            }
            self.skip_space();
            if self.take(b'}') {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.unexpected("a comma or }"));
            }
        }
    }

    /// Reads a member's name and the colon, up to the start of its value.
    pub(super) fn name(&mut self) -> Result<String, Failure> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a name in quotes"));
        }
        let name = self.string()?;
        self.skip_space();
        if !self.take(b':') {
            return Err(self.unexpected("a colon"));
        }
        self.skip_space();
        Ok(name)
    }

    fn number(&mut self) -> Result<Value, Failure> {
        let start = self.at;
        let negative = self.take(b'-');
        let first = self.peek();
        let mut size = Some(0_i64);
        let mut digits = 0_usize;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            size = size
                .and_then(|size| size.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
                .filter(|size| *size <= MAX_INTEGER);
            digits += 1;
            self.at += 1;
        }
        let fault = match (digits, first, size) {
            (0, ..) => return Err(self.unexpected("a digit")),
            (2.., Some(b'0'), _) => ReadFault::LeadingZero,
            _ if matches!(self.peek(), Some(b'.' | b'e' | b'E')) => ReadFault::Fraction,
            (.., None) => ReadFault::IntegerSize,
            (.., Some(0)) if negative => ReadFault::MinusZero,
            (.., Some(size)) => return Ok(Value::from(if negative { -size } else { size })),
        };
        Err(fail(fault, start))
    }

    fn string(&mut self) -> Result<String, Failure> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.plain()?;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    // Most strings have no escape: one copy of the exact size.
                    if text.is_empty() {
                        return Ok(plain.to_owned());
                    }
                    text.push_str(plain);
                    return Ok(text);
                }
                Some(b'\\') => {
                    text.push_str(plain);
                    text.push(self.escape()?);
                }
                Some(code) => return Err(fail(ReadFault::ControlCharacter { code }, self.at)),
                None => return Err(fail(ReadFault::Ended, self.at)),
            }
        }
    }

    /// Passes over the characters of a string that stand for themselves.
    fn plain(&mut self) -> Result<&'a str, Failure> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let mut seldom = false;
        let length = rest
            .iter()
            .take_while(|byte| {
                // Noncharacters begin with a byte from 0xEF on; few other characters do.
                seldom |= **byte >= 0xef;
                !matches!(**byte, b'"' | b'\\' | 0..0x20)
            })
            .count();
        self.at += length;
        let plain = self.text.get(start..self.at).unwrap_or_default();
        if seldom && let Some((offset, c)) = plain.char_indices().find(|(_, c)| is_noncharacter(*c))
        {
            return Err(fail(ReadFault::Noncharacter { code: c.into() }, start + offset));
        }
        Ok(plain)
    }

    fn escape(&mut self) -> Result<char, Failure> {
        let start = self.at;
        self.at += 1;
        let c = match self.peek() {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(start),
            Some(_) => return Err(fail(ReadFault::Escape, start)),
            None => return Err(fail(ReadFault::Ended, self.at)),
        };
        self.at += 1;
        Ok(c)
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair, from the `u` on.
    fn code_point(&mut self, start: usize) -> Result<char, Failure> {
        let first = self.code_unit(start)?;
        let code = match first {
            0xdc00..=0xdfff => return Err(fail(ReadFault::Surrogate, start)),
            0xd800..=0xdbff => {
                let half = fail(ReadFault::Surrogate, start);
                let second_start = self.at;
                if !self.take(b'\\') || self.peek() != Some(b'u') {
                    // A text that stops here is a broken copy, not a wrong escape.
                    let stops = self.at == self.text.len();
                    return Err(if stops { fail(ReadFault::Ended, self.at) } else { half });
                }
                match self.code_unit(second_start)? {
                    second @ 0xdc00..=0xdfff => {
                        0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                    }
                    _ => return Err(half),
                }
            }
            _ => first,
        };
        match char::from_u32(code) {
            Some(c) if !is_noncharacter(c) => Ok(c),
            _ => Err(fail(ReadFault::Noncharacter { code }, start)),
        }
    }

    fn code_unit(&mut self, start: usize) -> Result<u32, Failure> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = match self.peek() {
                Some(byte) => char::from(byte).to_digit(16),
                None => return Err(fail(ReadFault::Ended, self.at)),
            };
            unit = unit * 16 + digit.ok_or_else(|| fail(ReadFault::Escape, start))?;
            self.at += 1;
        }
        Ok(unit)
    }
}
