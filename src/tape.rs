//! A tape: numbers and texts one after another, without names or brackets.
//!
//! What the build has worked out is handed to the engine on a tape, so that the engine does not carry the code that works it
//! out. A number is written `12 `, a text `5:hello` with its length in bytes. What the parts mean is for whoever writes
//! and reads them, in the same order.

/// The tape does not go on as expected: it was made by another version, or cut.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Broken;

/// What reading gives.
pub type Read<T> = Result<T, Broken>;

/// How deep what is read may nest. The deepest thing that is written is an expression, of at most 64 levels.
const MAX_DEPTH: u8 = 200;

/// Reads a tape from its start.
#[derive(Debug)]
pub struct Reader<'t> {
    rest: &'t str,
    depth: u8,
}

impl<'t> Reader<'t> {
    /// A reader at the start of a tape.
    pub fn new(tape: &'t str) -> Self {
        Self { rest: tape, depth: 0 }
    }

    /// Whether the tape is at its end.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// A whole number.
    ///
    /// # Errors
    /// When there is none here. The same holds of everything else that is read.
    pub fn number(&mut self) -> Read<i64> {
        let (digits, rest) = self.rest.split_once(' ').ok_or(Broken)?;
        self.rest = rest;
        digits.parse().map_err(|_| Broken)
    }

    /// A whole number that counts or places something.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn place(&mut self) -> Read<usize> {
        usize::try_from(self.number()?).map_err(|_| Broken)
    }

    /// True or false.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn flag(&mut self) -> Read<bool> {
        Ok(self.number()? != 0)
    }

    /// A text.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn text(&mut self) -> Read<&'t str> {
        let (length, rest) = self.rest.split_once(':').ok_or(Broken)?;
        let length: usize = length.parse().map_err(|_| Broken)?;
        let (text, rest) = rest.split_at_checked(length).ok_or(Broken)?;
        self.rest = rest;
        Ok(text)
    }

    /// As many items as the tape says.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn list<T>(&mut self, item: fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut list = Vec::new();
        for _ in 0..self.place()? {
            list.push(item(self)?);
        }
        Ok(list)
    }

    /// An item that may be left out.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn maybe<T>(&mut self, item: fn(&mut Self) -> Read<T>) -> Read<Option<T>> {
        if self.flag()? { item(self).map(Some) } else { Ok(None) }
    }

    /// An item that may hold others of its kind.
    #[allow(clippy::missing_errors_doc, reason = "as `number`")]
    pub fn deeper<T>(&mut self, item: fn(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return Err(Broken);
        }
        self.depth += 1;
        let read = item(self);
        self.depth -= 1;
        read
    }
}

/// Writes a tape.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Default)]
pub struct Writer {
    tape: String,
}

#[cfg(not(target_arch = "wasm32"))]
impl Writer {
    /// Everything written.
    pub fn finish(self) -> String {
        self.tape
    }

    /// A whole number.
    pub fn number(&mut self, number: i64) {
        self.tape.push_str(&number.to_string());
        self.tape.push(' ');
    }

    /// A whole number that counts or places something.
    pub fn place(&mut self, place: usize) {
        self.tape.push_str(&place.to_string());
        self.tape.push(' ');
    }

    /// True or false.
    pub fn flag(&mut self, flag: bool) {
        self.number(i64::from(flag));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.tape.push_str(&text.len().to_string());
        self.tape.push(':');
        self.tape.push_str(text);
    }

    /// How many there are, then each.
    pub fn list<T>(&mut self, list: &[T], item: impl Fn(&mut Self, &T)) {
        self.place(list.len());
        for one in list {
            item(self, one);
        }
    }

    /// Whether there is one, then the one.
    pub fn maybe<T: ?Sized>(&mut self, one: Option<&T>, item: impl Fn(&mut Self, &T)) {
        self.flag(one.is_some());
        if let Some(one) = one {
            item(self, one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut writer = Writer::default();
        writer.number(i64::MIN);
        writer.text("five: é ");
        writer.list(&[1, 2], |writer, place| writer.place(*place));
        writer.maybe(None, Writer::text);
        writer.flag(true);
        let tape = writer.finish();
        let mut reader = Reader::new(&tape);
        assert_eq!(reader.number(), Ok(i64::MIN));
        assert_eq!(reader.text(), Ok("five: é "));
        assert_eq!(reader.list(Reader::place), Ok(vec![1, 2]));
        assert_eq!(reader.maybe(Reader::text), Ok(None));
        assert_eq!((reader.flag(), reader.is_at_end()), (Ok(true), true));
    }

    fn nested(reader: &mut Reader) -> Read<()> {
        reader.number()?;
        reader.deeper(nested)
    }

    #[test]
    fn a_tape_that_does_not_go_on_is_broken() {
        for tape in ["", "12", "x ", "3:ab", "1:é", "-1:", "99999999999999999999 "] {
            assert_eq!(Reader::new(tape).text(), Err(Broken), "{tape}");
            assert_eq!(Reader::new(tape).number(), Err(Broken), "{tape}");
        }
        assert_eq!(Reader::new("-1 ").place(), Err(Broken));
        assert_eq!(Reader::new("1000000000 1 ").list(Reader::number), Err(Broken));
        assert_eq!(nested(&mut Reader::new(&"1 ".repeat(100_000))), Err(Broken));
    }
}
