//! One vector: a file, how it is read, and what must be said of it.

use crate::vectors::judge::{Asked, Judged};

/// What a text put into the file makes of it, for files that are too large to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Insert {
    /// What stands before it; the text goes in behind its last place.
    pub(crate) after: &'static str,
    /// The text.
    pub(crate) text: &'static str,
    /// How many times.
    pub(crate) times: usize,
}

/// Where the fault is, as whoever made it knows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct At {
    pub(crate) byte: usize,
    pub(crate) line: usize,
    pub(crate) pointer: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Vector {
    /// Its name in the manifest, which is the path of its file unless `from` says another.
    pub(crate) name: String,
    /// What is so about it, as a sentence.
    pub(crate) what: &'static str,
    /// The file as it is kept.
    pub(crate) kept: Vec<u8>,
    /// The vector whose file is kept, where this is made from it by an `insert`.
    pub(crate) from: Option<String>,
    pub(crate) insert: Option<Insert>,
    pub(crate) asked: Asked,
    /// The name of the vector that is `asked.of`.
    pub(crate) of: Option<String>,
    pub(crate) signatures: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) besides: &'static str,
    /// Words of the sentence.
    pub(crate) says: &'static str,
    pub(crate) at: Option<At>,
    /// What a check here finds otherwise, as the beginnings of JSON pointers.
    pub(crate) differs: &'static [&'static str],
}

impl Vector {
    /// A file that is what it says, read as `reader`.
    pub(crate) fn genuine(
        reader: &str,
        name: &str,
        what: &'static str,
        kept: impl Into<Vec<u8>>,
    ) -> Self {
        let verdict = match reader {
            "return" => "unchanged",
            "draft" => "opens",
            _ => "genuine",
        };
        Self {
            name: name.to_owned(),
            what,
            kept: kept.into(),
            from: None,
            insert: None,
            asked: Asked { reader: reader.to_owned(), ..Asked::default() },
            of: None,
            signatures: if reader == "draft" { "" } else { "fit" },
            verdict,
            besides: "",
            says: "",
            at: None,
            differs: &[],
        }
    }

    /// A file that is refused; `signatures` is what its outer form and signatures deserve.
    pub(crate) fn wrong(
        reader: &str,
        name: &str,
        what: &'static str,
        kept: impl Into<Vec<u8>>,
        (signatures, verdict): (&'static str, &'static str),
        says: &'static str,
    ) -> Self {
        Self { signatures, verdict, says, ..Self::genuine(reader, name, what, kept) }
    }

    /// A file that is not JSON as it is read here; `byte` is where.
    pub(crate) fn unread(
        name: &str,
        what: &'static str,
        kept: impl Into<Vec<u8>>,
        (byte, pointer): (usize, &str),
        says: &'static str,
    ) -> Self {
        let refused = ("unreadable", "not_readable");
        Self::wrong("return", name, what, kept, refused, says).at(byte, pointer)
    }

    pub(crate) fn at(mut self, byte: usize, pointer: &str) -> Self {
        let line = 1 + self.kept.iter().take(byte).filter(|b| **b == b'\n').count();
        self.at = Some(At { byte, line, pointer: pointer.to_owned() });
        self
    }

    /// Makes it from the file of another by putting a text in.
    pub(crate) fn made_from(mut self, other: &Vector, insert: Insert) -> Self {
        self.kept.clone_from(&other.kept);
        self.from = Some(other.name.clone());
        self.insert = Some(insert);
        self
    }

    /// The bytes that are judged.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Some(Insert { after, text, times }) = &self.insert else { return self.kept.clone() };
        let kept = std::str::from_utf8(&self.kept).expect("a text");
        let place = kept.rfind(after).expect("the place is there") + after.len();
        [&kept[..place], &text.repeat(*times), &kept[place..]].concat().into_bytes()
    }

    /// The exit status of `ia-returns verify`, for what is read as a return.
    pub(crate) fn exit(&self) -> Option<i32> {
        (self.asked.reader == "return").then_some(match (self.verdict, self.besides) {
            ("unchanged", "" | "practice") => 0,
            ("unchanged", _) => 1,
            _ => 3,
        })
    }

    /// Its entry of the manifest, without what says nothing. What the verdict is comes from here, never from what is
    /// `judged`: of that only what no person can write down, its id and the hash of all its words.
    pub(crate) fn entry(&self, judged: &Judged) -> serde_json::Value {
        let mut entry = serde_json::Map::new();
        let mut say = |name: &str, value: serde_json::Value| {
            if value != serde_json::json!("")
                && value != serde_json::json!(null)
                && value != serde_json::json!([])
            {
                entry.insert(name.to_owned(), value);
            }
        };
        say("name", serde_json::json!(self.name));
        say("file", serde_json::json!(self.file()));
        say("what", serde_json::json!(self.what));
        say("reader", serde_json::json!(self.asked.reader));
        say("keeper", serde_json::json!(self.asked.keeper));
        say("held", serde_json::json!(self.asked.held));
        say("of", serde_json::json!(self.of));
        let insert =
            |i: &Insert| serde_json::json!({ "after": i.after, "text": i.text, "times": i.times });
        say("insert", serde_json::json!(self.insert.as_ref().map(insert)));
        say("signatures", serde_json::json!(self.signatures));
        say("verdict", serde_json::json!(self.verdict));
        say("besides", serde_json::json!(self.besides));
        say("exit", serde_json::json!(self.exit()));
        say("says", serde_json::json!(self.says));
        say("differs", serde_json::json!(self.differs));
        let place = |at: &At| serde_json::json!({ "byte": at.byte, "line": at.line, "pointer": at.pointer });
        say("place", serde_json::json!(self.at.as_ref().map(place)));
        say("id", serde_json::json!(judged.id));
        let words = ia_returns::hash::sha256_hex(judged.to_json().as_bytes());
        say("words", serde_json::json!(words));
        serde_json::Value::Object(entry)
    }

    /// The file it is kept in.
    pub(crate) fn file(&self) -> &str {
        self.from.as_ref().unwrap_or(&self.name)
    }
}
