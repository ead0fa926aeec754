//! Where bytes from outside come in: one function for each reader, the same for the fuzzer, the suite and the bounds.
//! Each does all that is done with such a file, and must come back.

use ia_returns::collate::{self, Bench, Decisions, Operator, Picture, judge};
use ia_returns::collection::author::{self, Files};
use ia_returns::collection::{Collection, Document, Organisations, Set, SignedExpected};
use ia_returns::file::{Draft, Receipt, verify};
use ia_returns::json::{self, locate};
use ia_returns::register::{Enrolment, Received, Register};
use ia_returns::rule::{self, Shape, State, Steps, Type, Value};
use ia_returns::sign::{Kind, Thumbprint, issue, key_file};
use ia_returns::template::Template;
use ia_returns::template::author::File;
use ia_returns::time::Instant;
use std::rc::Rc;

/// A reader, and all that is done with what it takes.
pub type Entry = fn(&[u8]);

/// Every entry by its name, which is that of its fuzz target and of its corpus.
pub const ENTRIES: &[(&str, Entry)] = &[
    ("collation", collation),
    ("draft", draft),
    ("enrolment", enrolment),
    ("json", json),
    ("key_file", key_file),
    ("receipt", receipt),
    ("register", register),
    ("rule", rule),
    ("sealed", sealed),
    ("template", template),
];

/// The keeper's thumbprint in the vectors, so that a register of theirs is read to its end.
const KEEPER: &str = "UDDReOZl1ipXAfp9wYsm13sDBMK5og--QWdBjzuf6o4";

const COUNTERSIGNED: &str = include_str!("../../tests/vectors/collections/countersigned.toml");

thread_local! {
    static SET: Set = set();
    static PICTURES: Vec<Picture> = pictures();
}

fn pictures() -> Vec<Picture> {
    let files = ia_returns::cli::sources::pictures(None).expect("they are shipped");
    files.iter().map(|file| collate::author::picture(file).expect("a picture").0).collect()
}

/// What an operator holds: everything shipped, and the round that is countersigned.
fn set() -> Set {
    let mut files: Files = ia_returns::cli::sources::shipped();
    let path = "collections/countersigned.toml".to_owned();
    files.collections.push(File { path, text: COUNTERSIGNED.to_owned() });
    let documents: Vec<Document> = author::compile(&files).expect("the data compiles");
    Set::load(&documents).expect("the set loads")
}

/// Loads what is loaded once, so that it is not counted to the first file.
#[allow(dead_code, reason = "the fuzzer has no need of it")]
pub fn prepare() {
    SET.with(|set| assert!(!set.forms().is_empty()));
    PICTURES.with(|pictures| assert!(!pictures.is_empty()));
}

fn now() -> Instant {
    Instant::parse("2023-07-28T13:00:00+01:00").expect("a time")
}

/// A file of a collation, whatever it is: judged, put together with itself, and said in tables. What was decided is read,
/// and is the same when it is written and read again.
pub fn collation(bytes: &[u8]) {
    SET.with(|set| {
        PICTURES.with(|pictures| {
            let bench = Bench { set, pictures, collection: "sor-2023-07" };
            let about = || Decisions::about("sor-2023-07");
            let decisions = Decisions::read(bytes).unwrap_or_else(|error| {
                assert!(!error.to_string().is_empty() && !error.remedy().is_empty());
                about()
            });
            let text = decisions.write();
            assert_eq!(Decisions::read(text.as_bytes()).expect("it reads").write(), text);
            let judged = vec![judge("one", bytes, &bench), judge("two", bytes, &bench)];
            let operator = Operator { bench, expected: None, register: None, now: now() };
            let collation = collate::collate(judged, &operator, &decisions);
            assert_eq!(collation.files.len(), 2);
            for table in collation.tables(&operator, &decisions) {
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
            }
            for figures in &collation.figures {
                let _ = collation.figures_of(figures, &operator, &decisions);
            }
        });
    });
}

/// The strict reader. What it takes is written and read again, and is the same.
pub fn json(bytes: &[u8]) {
    match json::read(bytes) {
        Ok(value) => {
            let form = json::canonical(&value);
            assert_eq!(json::read(form.as_bytes()).as_ref(), Ok(&value));
            assert_eq!(json::canonical(&value), form);
            assert!(locate(bytes, "/return/answers/0").offset <= bytes.len());
        }
        Err(error) => assert!(error.place.offset <= bytes.len() && !error.to_string().is_empty()),
    }
}

/// A sealed return: verified, checked again, opened, written as the next version.
pub fn sealed(bytes: &[u8]) {
    SET.with(|set| match verify(bytes, set) {
        Ok(verified) => {
            assert_eq!(json::canonical(&verified.content().to_json()), verified.canonical());
            assert!(!verified.verdict().sentence().is_empty());
            let _ = verified.next_step();
            if let Ok(draft) = Draft::revise(&verified) {
                assert!(!draft.write(now()).is_empty());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.remedy().is_empty()),
    });
}

/// A draft: opened, checked, written and opened again.
pub fn draft(bytes: &[u8]) {
    SET.with(|set| {
        if let Ok(draft) = Draft::read(bytes, set) {
            let text = draft.write(now());
            assert!(Draft::read(text.as_bytes(), set).is_ok(), "what is written opens");
        }
    });
}

/// A register, by the keeper of the vectors.
pub fn register(bytes: &[u8]) {
    let keeper = Thumbprint::parse(KEEPER).expect("a thumbprint");
    if let Ok(register) = Register::read(bytes, &keeper, None) {
        let standing = register.standing(&keeper, "RX1", Received::Unknown, now());
        assert!(!standing.sentence().is_empty());
        assert_eq!(register.next(now()).entries(), register.entries());
    }
    // An expected list is read by the same means.
    if let Ok(list) = SignedExpected::read(bytes, &keeper) {
        assert_eq!(list.issue.serial, list.list.serial);
        let _ = issue::newest(list.issue, Kind::ExpectedList, None);
    }
}

/// A receipt.
pub fn receipt(bytes: &[u8]) {
    if let Ok((receipt, document)) = Receipt::read(bytes) {
        assert!(receipt.revision > 0 && !document.signatures.is_empty());
    }
}

/// A request to be put into the register.
pub fn enrolment(bytes: &[u8]) {
    if let Ok(request) = Enrolment::read(bytes) {
        assert_eq!(request.check_code().len(), 24);
        let _ = request.entry(now(), None);
    }
}

/// A key file, with a passphrase that opens those of the corpus.
pub fn key_file(bytes: &[u8]) {
    let _ = key_file::needs_passphrase(bytes);
    if let Ok(key) = key_file::read(bytes, b"corpus") {
        assert_eq!(key.public().thumbprint().to_string().len(), 43);
    }
}

/// A template, a collection or an organisation list, in the form that pages carry.
pub fn template(bytes: &[u8]) {
    if let Ok(template) = Template::read(bytes) {
        assert!(Template::read(template.json().as_bytes()).is_ok(), "what is written is read");
    }
    let _ = Collection::read(bytes);
    let _ = Organisations::read(bytes);
}

/// An expression: compiled, and run on known and unknown values within its steps.
pub fn rule(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let row = Shape::new([("due", Type::Int), ("absent", Type::Int), ("group", Type::Text)]);
    let names = Rc::new(Shape::new([
        ("count", Type::Int),
        ("text", Type::Text),
        ("flag", Type::Bool),
        ("day", Type::Date),
        ("at", Type::Moment),
        ("rows", Type::List(Box::new(Type::Record(Rc::new(row))))),
    ]));
    let Ok(program) = rule::compile(source, &names) else { return };
    let rows = (0..20).map(|n| {
        let due = if n % 3 == 0 { Value::Unknown(State::NotKnown) } else { Value::Int(n) };
        Value::Record([due, Value::Int(n / 2), Value::text("a")].into_iter().collect())
    });
    let known = [
        Value::Int(7),
        Value::text("text"),
        Value::Bool(true),
        Value::Date(19_563),
        Value::Moment(1_690_533_600),
        Value::list(rows),
    ];
    let unknown = known.clone().map(|_| Value::Unknown(State::Unanswered));
    for values in [known, unknown] {
        let _ = program.run(&values, &mut Steps::new(100_000));
    }
}
