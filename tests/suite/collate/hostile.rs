//! A hostile folder: each file is named, none stops the rest, nothing is written outside the folder of results, and what
//! stands there is never half overwritten.

use super::made::{Desk, Make, key, sealed, workforce};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use zip::write::SimpleFileOptions;

/// A folder of a test, which goes with it.
pub(crate) struct Place(pub(crate) PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ia-collate-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("in")).expect("a folder");
        Self(path)
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join("in").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn run(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_ia-returns"))
            .args(["collate", "in", "--collection", "sor-2023-07", "--out", "out"])
            .args(["--at", "2023-07-28T14:00:00+01:00"])
            .args(more)
            .env("IA_RETURNS_MEMORY", "")
            .current_dir(&self.0)
            .output()
            .expect("it runs")
    }

    /// File and verdict of each row of files.csv, in order.
    pub(super) fn verdicts(&self) -> Vec<String> {
        self.column("files", &["file", "verdict"])
    }

    pub(crate) fn column(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let path = self.0.join(format!("out/csv/{table}.csv"));
        let mut reader =
            csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let head = reader.headers().expect("headings").clone();
        let place = |name: &&str| head.iter().position(|own| own == *name).expect("a column");
        let places: Vec<usize> = columns.iter().map(place).collect();
        reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                places.iter().map(|place| row[*place].to_owned()).collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    /// Every file and folder below the place, with what it holds.
    fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn below(folder: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() && !path.is_symlink() {
                    below(&path, all);
                } else {
                    let bytes =
                        if path.is_file() { fs::read(&path).unwrap_or_default() } else { vec![] };
                    all.push((path, bytes));
                }
            }
        }
        let mut all = Vec::new();
        below(&self.0, &mut all);
        all.sort();
        all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn good() -> Vec<u8> {
    let desk = Desk::new(None);
    sealed(workforce(&desk.set, &Make::default()), &key("k1")).text.into_bytes()
}

pub(crate) fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
#[cfg(unix)]
fn every_hostile_file_is_named_and_none_stops_the_rest() {
    use std::os::unix::fs::symlink;
    let place = Place::new("hostile");
    let good = good();
    place.put("good.json", &good);
    place.put("deep/er/nothing.json", b"");
    place.put("<b>\u{202e}moc\u{1b}[2J.json", b"{");
    place.put("not\nquite.json", b"[]");
    place.put("key.pem", b"-----BEGIN PRIVATE KEY-----\n");
    // Names that lead elsewhere, an entry that unpacks to more than any return is, an archive in an archive.
    let bomb = vec![b'0'; 5_000_000];
    let inner = packed(&[("again.json", &good)]);
    place.put(
        "some.zip",
        &packed(&[
            ("../../outside.json", b"{}"),
            ("/etc/outside", b"{}"),
            ("bomb.json", &bomb),
            ("in.zip", &inner),
        ]),
    );
    let mut nested = packed(&[("core.json", b"{}")]);
    for _ in 0..6 {
        nested = packed(&[("in.zip", &nested)]);
    }
    place.put("nested.zip", &nested);
    place.put("broken.zip", b"PK\x03\x04 and then nothing");
    place.put(
        "sheet.xlsx",
        &packed(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]),
    );
    let large = fs::File::create(place.0.join("in/large.json")).expect("a file");
    large.set_len(5_000_000_000).expect("a sparse file");
    symlink("..", place.0.join("in/loop")).expect("a link");
    symlink("/etc/passwd", place.0.join("in/elsewhere.json")).expect("a link");
    let pipe = Command::new("mkfifo").arg(place.0.join("in/pipe.json")).status();
    assert!(pipe.expect("mkfifo runs").success());
    let said = place.run(&[]);
    assert_eq!(said.status.code(), Some(3), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(!String::from_utf8_lossy(&said.stdout).contains('\u{1b}'));
    let packed_deep = "nested.zip/in.zip/in.zip/in.zip/in.zip|unreadable";
    let wanted = [
        "<b>\\u{202e}moc\\u{1b}[2J.json|not_a_return",
        "broken.zip|unreadable",
        "deep/er/nothing.json|empty",
        "elsewhere.json|unreadable",
        "good.json|counts",
        "key.pem|key_file",
        "large.json|too_large",
        "loop|unreadable",
        packed_deep,
        "not\\u{a}quite.json|not_a_return",
        "pipe.json|unreadable",
        "sheet.xlsx|workbook",
        "some.zip/../../outside.json|not_a_return",
        "some.zip//etc/outside|not_a_return",
        "some.zip/bomb.json|too_large",
        "some.zip/in.zip/again.json|duplicate",
    ];
    assert_eq!(place.verdicts(), wanted);
    let outside = place.everything().into_iter().filter(|(path, _)| {
        !path.starts_with(place.0.join("in")) && !path.starts_with(place.0.join("out"))
    });
    assert_eq!(outside.count(), 0, "something was written beside the folder of results");
}

#[test]
fn an_archive_unpacks_to_no_more_than_is_read() {
    let place = Place::new("bomb");
    // 600 entries of just under the most that is read: two and a half thousand million bytes of one archive.
    let zeros = vec![b'0'; 3_999_999];
    let names: Vec<String> = (0..600).map(|number| format!("{number:03}.json")).collect();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(names[0].as_str(), SimpleFileOptions::default()).expect("an entry");
    writer.write_all(&zeros).expect("its bytes");
    for name in &names[1..] {
        writer.shallow_copy_file(&names[0], name).expect("the same bytes again");
    }
    place.put("bomb.zip", &writer.finish().expect("an archive").into_inner());
    assert_eq!(place.run(&[]).status.code(), Some(3));
    let verdicts = place.column("files", &["verdict", "sentence"]);
    assert_eq!(verdicts.len(), 600);
    let left_out = verdicts.iter().filter(|said| said.contains("is left out")).count();
    assert!((50..200).contains(&left_out), "{left_out}");
}

#[test]
fn many_tiny_files_are_each_named() {
    let place = Place::new("tiny");
    for number in 0..3_000 {
        place.put(&format!("{number:04}"), b"x");
    }
    place.put("good.json", &good());
    assert_eq!(place.run(&[]).status.code(), Some(0));
    let verdicts = place.verdicts();
    assert_eq!(verdicts.len(), 3_001);
    assert_eq!(verdicts.iter().filter(|said| said.ends_with("|counts")).count(), 1);
}

#[test]
fn one_key_for_two_organisations_is_said_of_both() {
    let place = Place::new("claims");
    let desk = Desk::new(None);
    for code in ["RX1", "RHQ"] {
        let draft = workforce(&desk.set, &Make { organisation: code, ..Make::default() });
        place.put(&format!("{code}.json"), sealed(draft, &key("k1")).text.as_bytes());
    }
    assert_eq!(place.run(&[]).status.code(), Some(0));
    assert_eq!(place.column("senders", &["organisation", "also"]), ["RHQ|RX1", "RX1|RHQ"]);
}

#[test]
fn what_stands_in_the_place_of_the_results_is_left_alone_unless_it_is_ours() {
    let place = Place::new("out");
    place.put("good.json", &good());
    fs::create_dir(place.0.join("out")).expect("a folder");
    fs::write(place.0.join("out/mine.txt"), "mine").expect("a file");
    let before = place.everything();
    let said = place.run(&[]);
    assert_eq!(said.status.code(), Some(2));
    assert_eq!(place.everything(), before);
    fs::remove_file(place.0.join("out/mine.txt")).expect("it goes");
    assert_eq!(place.run(&[]).status.code(), Some(0));
    let first = place.everything();
    assert_eq!(place.run(&[]).status.code(), Some(0), "an earlier collation is replaced");
    assert_eq!(place.everything(), first, "the same files give the same bytes");
    // Something of somebody’s own among ours.
    fs::write(place.0.join("out/csv/notes.txt"), "mine").expect("a file");
    let before = place.everything();
    assert_eq!(place.run(&[]).status.code(), Some(2));
    assert_eq!(place.everything(), before);
    // What fails on its way leaves what stood there, and nothing beside it.
    fs::remove_file(place.0.join("out/csv/notes.txt")).expect("it goes");
    let before = place.everything();
    assert_eq!(place.run(&["--region", "RX1"]).status.code(), Some(2));
    assert_eq!(place.everything(), before);
}

#[test]
fn the_results_are_not_read_as_files_that_came() {
    let place = Place::new("within");
    place.put("good.json", &good());
    for _ in 0..2 {
        let said = Command::new(env!("CARGO_BIN_EXE_ia-returns"))
            .args(["collate", ".", "--collection", "sor-2023-07", "--out", "out"])
            .args(["--at", "2023-07-28T14:00:00+01:00"])
            .env("IA_RETURNS_MEMORY", "")
            .current_dir(&place.0)
            .output()
            .expect("it runs");
        assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
        assert_eq!(place.verdicts(), ["in/good.json|counts"]);
    }
}
