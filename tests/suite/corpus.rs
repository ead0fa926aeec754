//! What the fuzzer starts from, `fuzz/corpus/`: small, made from the vectors, and what the code writes now. `tests/bounds`
//! runs all of it through the same functions as the fuzzer.

use crate::support::same_as_bytes;
use crate::vectors::make::vector_set;
use crate::vectors::vector::Vector;
use ia_returns::collection::author::{Files, compile};
use ia_returns::collection::{Document, DocumentKind};
use ia_returns::sign::SecretKey;
use ia_returns::template::author::File;
use pkcs8::SecretDocument;
use pkcs8::der::pem::LineEnding;
use pkcs8::pkcs5::pbes2::{EncryptionScheme, Kdf, Parameters, Pbkdf2Params, ScryptParams};
use std::collections::BTreeSet;
use std::path::Path;

/// RFC 8410 section 10.3, both versions.
const KEYS: [&str; 2] = [
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nMHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\noB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\nZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PRIVATE KEY-----\n",
];

/// Expressions of every kind of node, and some that are none.
const RULES: [&str; 12] = [
    "count + 2 * -3 / (count - 1) % 5 >= 0",
    "flag ? text : \"other\"",
    "rows.all(r, r.absent <= r.due) && rows.exists(r, r.group == \"a\")",
    "rows.filter(r, r.due > 3).map(r, r.due + r.absent)",
    "sum(rows.map(r, r.due)) > max(1, count) || min(2, 3) == 2",
    "size(rows) == count && !answered(text)",
    "day + 3 > day && at - at == 0",
    "text in [\"a\", \"b\"] || state(count) == \"not_known\"",
    "count_unknown(rows.map(r, r.due))",
    "9223372036854775807 + count",
    "(((((count",
    "\"\\u0041\\n\" + text",
];

fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let stem = |vector: &Vector| vector.name.replace('/', "-");
    for vector in crate::vectors::all(&vector_set()) {
        let entry = match vector.asked.reader.as_str() {
            "expected" => "register",
            "return" => "sealed",
            other => other,
        };
        // The small ones; one for each way of being wrong is enough to start from.
        if vector.from.is_none() && vector.kept.len() < 3_200 {
            files.push((format!("{entry}/{}", stem(&vector)), vector.kept.clone()));
        } else if vector.name == "genuine/draft.json" {
            files.push(("draft/draft.json".to_owned(), vector.kept.clone()));
        }
        if vector.name.starts_with("json/") && vector.kept.len() < 100 {
            files.push((format!("json/{}", stem(&vector)), vector.kept.clone()));
        }
    }
    let texts = [
        r#"{"a":[1,-2,{"b":null}],"\u00e9\ud83d\ude00":"\"\\\/\b\f\n\r\t","":true}"#,
        "[9007199254740991,-9007199254740991,0,[],{}]",
        "{\"a\":1,\"\\u0061\":2}",
        "\"\\ud800\"",
        "[1.0,1e3,-0,01]",
    ];
    let text = |(n, text): (usize, &str)| (format!("json/{n}.json"), text.as_bytes().to_vec());
    files.extend(texts.into_iter().enumerate().map(text));
    let rule = |(n, text): (usize, &str)| (format!("rule/{n:02}.txt"), text.as_bytes().to_vec());
    files.extend(RULES.into_iter().enumerate().map(rule));
    let decisions = crate::collate::decisions().write().into_bytes();
    files.push(("collation/decisions.json".to_owned(), decisions));
    files.extend(templates());
    files.extend(keys());
    files
}

/// The small template of the engine's tests, and what stands beside it.
fn templates() -> Vec<(String, Vec<u8>)> {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let list = "code,name,kind,services,icb_code,region_code,former_names,former_codes\n\
        QAA,East Integrated Care Board,icb,,,Y61,,\nRX1,Alpha NHS Trust,trust,acute,QAA,Y61,,\n\
        Y61,East of England,region,,,,,\n";
    let files = Files {
        templates: vec![file("templates/audit.toml", include_str!("../data/engine/audit.toml"))],
        collections: vec![file(
            "collections/engine.toml",
            include_str!("../data/engine/round.toml"),
        )],
        organisations: vec![file("organisations/2023-07.csv", list)],
        ..Files::default()
    };
    let documents = compile(&files).unwrap_or_else(|faults| panic!("{}", faults[0]));
    let name = |document: &Document| format!("template/{}.json", document.kind.word());
    documents
        .iter()
        .filter(|document| document.kind != DocumentKind::Expected)
        .map(|document| (name(document), document.json.clone().into_bytes()))
        .collect()
}

/// Open, and locked with as little work as may be, so that the fuzzer is quick.
fn keys() -> Vec<(String, Vec<u8>)> {
    let aes = EncryptionScheme::Aes256Cbc { iv: [4; 16] };
    let scrypt = ScryptParams {
        salt: [3; 16][..].try_into().unwrap(),
        cost_parameter: 2,
        block_size: 1,
        parallelization: 1,
        key_length: None,
    };
    let locks: [(&str, Kdf); 2] = [
        ("pbkdf2", Pbkdf2Params::hmac_sha256(1, &[3; 16]).unwrap().into()),
        ("scrypt", scrypt.into()),
    ];
    let mut files: Vec<(String, Vec<u8>)> = KEYS
        .iter()
        .enumerate()
        .map(|(n, key)| (format!("key_file/version-{}.pem", n + 1), key.as_bytes().to_vec()))
        .collect();
    let (_, der) = SecretDocument::from_pem(KEYS[0]).unwrap();
    for (name, kdf) in locks {
        let key = pkcs8::PrivateKeyInfoRef::try_from(der.as_bytes()).unwrap();
        let locked = key.encrypt_with_params(Parameters { kdf, encryption: aes }, b"corpus");
        let pem = locked.unwrap().to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap();
        let opened: Result<SecretKey, _> =
            ia_returns::sign::key_file::read(pem.as_bytes(), b"corpus");
        assert!(opened.is_ok(), "{name}");
        files.push((format!("key_file/{name}.pem"), pem.as_bytes().to_vec()));
    }
    files
}

#[test]
fn the_corpus_is_small_and_what_the_code_writes_now() {
    let mut kept = BTreeSet::new();
    for (name, bytes) in corpus() {
        assert!(bytes.len() < 40_000, "{name} is too large to start from");
        assert!(kept.insert(name.clone()), "{name} is there twice");
        same_as_bytes(&format!("../fuzz/corpus/{name}"), &bytes);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for folder in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            assert!(kept.contains(&name), "fuzz/corpus/{name} is made by nothing: remove it");
        }
    }
}
