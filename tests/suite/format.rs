//! `docs/return-format.md` cannot go stale: its examples are taken from the vectors, its words and figures from the code.
//! `IA_WRITE=1` puts the examples in anew.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ia_returns::check::{LONGEST_EXPLANATION, SHORTEST_EXPLANATION};
use ia_returns::hash::sha256_hex;
use ia_returns::json::{self, Value};
use ia_returns::sign::key_file::{
    self, MAX_PBKDF2_ROUNDS, MAX_SCRYPT_BYTES, MAX_SCRYPT_PASSES, PBKDF2_ROUNDS,
};
use ia_returns::sign::{Kind, Thumbprint, document};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

fn guide() -> String {
    std::fs::read_to_string(root().join("docs/return-format.md")).unwrap()
}

/// What an example shows: a whole file, a value of it by its JSON pointer, or what is made of it.
fn example(said: &str) -> String {
    let mut words = said.split(' ');
    let name = words.next().unwrap();
    let text = std::fs::read_to_string(root().join("tests/vectors").join(name)).unwrap();
    let file = json::read(text.as_bytes()).unwrap();
    let at = |pointer: &str| {
        pointer.split('/').skip(1).fold(&file, |value, step| match step.parse::<usize>() {
            Ok(index) => &value[index],
            Err(_) => &value[step],
        })
    };
    let protected = || file["signatures"][0]["protected"].as_str().unwrap();
    let header = || json::read(&Base64UrlUnpadded::decode_vec(protected()).unwrap()).unwrap();
    let shown = match (words.next(), words.next()) {
        (None, _) => text.clone(),
        (Some("id"), _) => sha256_hex(json::canonical(at("/return")).as_bytes()),
        (Some("header"), _) => json::indented(&header()),
        (Some("codes"), _) => {
            let kid = Thumbprint::parse(header()["kid"].as_str().unwrap()).unwrap();
            format!("{kid}\n{}\n{}", kid.check_code(), kid.enrolment_code())
        }
        (Some("canonical"), Some(pointer)) => json::canonical(at(pointer)),
        (Some(pointer), _) => {
            assert_ne!(*at(pointer), Value::Null, "{said} shows nothing");
            json::indented(at(pointer))
        }
    };
    shown.trim_end().to_owned()
}

/// The guide with every example as it is now.
fn refreshed(guide: &str) -> (String, usize) {
    let mut text = String::new();
    let (mut examples, mut lines) = (0, guide.lines());
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let said = line.strip_prefix("<!-- example: ").and_then(|rest| rest.strip_suffix(" -->"));
        if let Some(said) = said {
            examples += 1;
            let fence = lines.next().filter(|line| line.starts_with("```")).expect("a block");
            lines.by_ref().take_while(|line| *line != "```").for_each(drop);
            text.extend([fence, "\n", example(said).as_str(), "\n```\n"]);
        }
    }
    (text, examples)
}

#[test]
fn every_example_is_what_the_vectors_say_now() {
    let (text, examples) = refreshed(&guide());
    assert!(examples > 10, "{examples}");
    crate::support::same_as_file("../docs/return-format.md", &text);
}

fn with_commas(number: &impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn every_bound_is_that_of_the_code() {
    let guide = guide();
    let bounds = [
        format!("| bytes | {} |", with_commas(&json::MAX_BYTES)),
        format!("depth 1) | {} |", json::MAX_DEPTH),
        format!("| values, those inside others too | {} |", with_commas(&json::MAX_VALUES)),
        format!("| signatures | {} |", document::MOST_SIGNATURES),
        format!("{} is the largest", json::MAX_INTEGER),
        format!("({SHORTEST_EXPLANATION} to {LONGEST_EXPLANATION} characters)"),
        format!("at most {}, no key twice", with_commas(&ia_returns::register::MOST_KEYS)),
        format!("{} rounds,", with_commas(&PBKDF2_ROUNDS)),
        format!("to {} rounds", with_commas(&MAX_PBKDF2_ROUNDS)),
        format!("to {} bytes and {MAX_SCRYPT_PASSES}", with_commas(&MAX_SCRYPT_BYTES)),
        format!("files to {} bytes", with_commas(&key_file::MAX_BYTES)),
    ];
    for bound in bounds {
        assert!(guide.contains(&bound), "docs/return-format.md does not say “{bound}”");
    }
}

#[test]
fn every_kind_is_in_the_table() {
    let guide = guide();
    for kind in [Kind::Return, Kind::Receipt, Kind::Register, Kind::Enrolment, Kind::ExpectedList] {
        let row = format!("| `{}` | `{}` | `{}` |", kind.member(), kind.format(), kind.typ());
        assert!(guide.contains(&row), "docs/return-format.md has no row {row}");
    }
}

/// The words of the manifest stand in the guide: each is the verdict of some vector.
#[test]
fn every_verdict_of_the_vectors_is_in_the_guide() {
    let manifest = std::fs::read(root().join("tests/vectors/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let guide = guide();
    let only_there = ["genuine", "opens", "another_return"];
    for vector in manifest["vectors"].as_array().unwrap() {
        let word = vector["verdict"].as_str().unwrap();
        let there = guide.contains(&format!("`{word}`")) || only_there.contains(&word);
        assert!(there, "docs/return-format.md does not say `{word}`");
    }
}
