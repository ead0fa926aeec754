//! Files as dear as the format allows: of the greatest length, the most values, or sealed by somebody who holds a key and
//! says what costs most.

use ia_returns::json::{self, Value};
use ia_returns::register::{Entry, MOST_KEYS, Register};
use ia_returns::sign::key_file::{MAX_PBKDF2_ROUNDS, MAX_SCRYPT_BYTES, MAX_SCRYPT_PASSES};
use ia_returns::sign::{Header, Kind, Role, SecretKey, document};
use ia_returns::time::Instant;
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{EncodePem as _, pem::LineEnding};
use pkcs8::pkcs5::pbes2::{
    EncryptionScheme, Kdf, Parameters, Pbkdf2Params, Pbkdf2Prf, ScryptParams,
};

pub(crate) struct Hostile {
    pub(crate) entry: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Seconds it may take.
    pub(crate) seconds: u64,
}

fn hostile(entry: &'static str, name: &'static str, bytes: impl Into<Vec<u8>>) -> Hostile {
    Hostile { entry, name, bytes: bytes.into(), seconds: 2 }
}

pub(crate) fn all() -> Vec<Hostile> {
    let mut all = texts();
    all.extend(returns());
    all.extend(others());
    all
}

const LENGTH: usize = json::MAX_BYTES;

/// `piece` until the text is nearly as long as may be, between two others.
fn filled(before: &str, piece: &str, after: &str) -> String {
    let times = (LENGTH - before.len() - after.len()) / piece.len();
    format!("{before}{}{after}", piece.repeat(times))
}

fn texts() -> Vec<Hostile> {
    let members: Vec<String> =
        (0..65_000).map(|n| format!("\"name number {n:09} of many\":0,")).collect();
    let twins: Vec<String> = (0..65_000).map(|n| format!("\"{}\":0,", n % 30_000)).collect();
    vec![
        hostile("json", "one text of 4 MB", filled("\"", "x", "\"")),
        hostile("json", "one text of escapes", filled("\"", "\\u0041", "\"")),
        hostile("json", "one text of control characters", filled("\"", "\\u0001", "\"")),
        hostile("json", "white space", filled("", " ", "1")),
        hostile("json", "lists that open", filled("", "[", "")),
        hostile("json", "objects that open", filled("", "{\"a\":", "")),
        hostile("json", "numbers without end", filled("", "9", "")),
        hostile("json", "65,000 small objects", format!("[{}0]", "{},".repeat(65_000))),
        hostile(
            "json",
            "65,000 small objects of one member",
            format!("[{}0]", "{\"a\":1},".repeat(32_000)),
        ),
        hostile("json", "65,000 members", format!("{{{}\"z\":0}}", members.concat())),
        hostile("json", "35,000 names twice", format!("{{{}\"z\":0}}", twins.concat())),
        hostile("json", "letters beyond ASCII", filled("\"", "😀", "\"")),
        hostile("template", "one text of 4 MB", filled("{\"format\":\"", "x", "\"}")),
        hostile("rule", "sums", filled_rule("1", "+count")),
        hostile("rule", "brackets", format!("{}1{}", "(".repeat(4_999), ")".repeat(4_999))),
        hostile("rule", "not", format!("{}flag", "!".repeat(9_990))),
        hostile("rule", "minus", format!("{}count", "-".repeat(9_990))),
        hostile("rule", "choices", filled_rule("count", " > 1 ? 1 : count")),
        hostile(
            "rule",
            "lists in lists",
            "rows.all(a, rows.all(b, rows.all(c, rows.all(d, rows.all(e, a.due + b.due + c.due + d.due + e.due >= 0)))))",
        ),
        hostile("rule", "texts joined", filled_rule("text", " + text")),
    ]
}

fn filled_rule(before: &str, piece: &str) -> String {
    format!("{before}{}", piece.repeat((9_900 - before.len()) / piece.len()))
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32].into())
}

fn header(role: Role) -> Header {
    Header {
        role,
        signer_name: "Somebody with a key".to_owned(),
        signer_job_title: "Not known".to_owned(),
        signed_at: Instant::parse("2023-07-28T10:40:00+01:00").unwrap(),
    }
}

fn vector(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name);
    json::read(&std::fs::read(path).unwrap()).unwrap()
}

/// A genuine return with a change, sealed again by this many people.
fn sealed(name: &str, people: u8, change: impl FnOnce(&mut Value)) -> String {
    let mut payload = vector(name)["return"].clone();
    change(&mut payload);
    let signatures = (7..7 + people).map(|seed| {
        let role = if seed == 7 { Role::Preparer } else { Role::Approver };
        document::signature(&payload, Kind::Return, &key(seed), &header(role))
    });
    let signatures: Vec<Value> = signatures.collect();
    let file = json::object(&mut [("return", payload), ("signatures", signatures.into())]);
    json::canonical(&file)
}

const RETURN: &str = "genuine/return.json";
const NEARLY: usize = LENGTH - 60_000;

fn texts_of(piece: &str) -> Value {
    piece.repeat(NEARLY / piece.len()).into()
}

#[allow(clippy::too_many_lines, reason = "a list")]
fn returns() -> Vec<Hostile> {
    let comment = |piece: &'static str| {
        sealed(RETURN, 1, move |r| r["answers"]["about"]["comment"] = texts_of(piece))
    };
    let ids = |count: usize| -> Value {
        (0..count).map(|n| Value::from(format!("action-{n}"))).collect()
    };
    let many =
        |count: usize, one: &dyn Fn(usize) -> Value| -> Value { (0..count).map(one).collect() };
    let row = |n: usize| ia_returns::json!({ "strike_date": "2023-07-25", "staff_group": format!("g{n}"), "due_to_work": 1 });
    let twin = |_: usize| ia_returns::json!({ "strike_date": "2023-07-25", "staff_group": "sonographer", "due_to_work": 1 });
    let explanation = |n: usize| ia_returns::json!({ "rule": format!("BQ{n}"), "text": "1 2 3 4 5 6 7 8 9 0 ".repeat(190) });
    let finding = |n: usize| ia_returns::json!({ "rule": "BQ04", "severity": "query", "at": format!("a.{n}") });
    vec![
        hostile("sealed", "a comment of digits", comment("1 ")),
        hostile("sealed", "a comment of long numbers", comment("9434765919")),
        hostile("sealed", "a comment of addresses", comment("a.b@nhs.net ")),
        hostile("sealed", "a comment of at signs", comment("@")),
        hostile("sealed", "a comment of dashes", comment("1-2.3(4)")),
        hostile("sealed", "a comment of unseen letters", comment("\u{200b}")),
        hostile(
            "sealed",
            "a reason of digits",
            sealed(RETURN, 1, |r| {
                r["answers"]["workforce"]["staffing"][0]["absent_other"] =
                    ia_returns::json!({ "not_known": texts_of("1 ") });
            }),
        ),
        hostile(
            "sealed",
            "60,000 choices",
            sealed(RETURN, 1, |r| r["answers"]["about"]["action_id"] = ids(60_000)),
        ),
        hostile(
            "sealed",
            "15,000 rows of nobody",
            sealed(RETURN, 1, |r| r["answers"]["workforce"]["staffing"] = many(15_000, &row)),
        ),
        hostile(
            "sealed",
            "15,000 rows of one group",
            sealed(RETURN, 1, |r| r["answers"]["workforce"]["staffing"] = many(15_000, &twin)),
        ),
        hostile(
            "sealed",
            "1,000 long explanations",
            sealed(RETURN, 1, |r| r["explanations"] = many(1_000, &explanation)),
        ),
        hostile(
            "sealed",
            "15,000 findings",
            sealed(RETURN, 1, |r| r["derived"]["findings"] = many(15_000, &finding)),
        ),
        hostile(
            "sealed",
            "60,000 totals",
            sealed(RETURN, 1, |r| {
                let totals = (0..60_000).map(|n| (format!("total_{n}"), Value::from(n)));
                r["derived"]["values"]["totals"] = totals.collect();
            }),
        ),
        hostile(
            "sealed",
            "30,000 inputs",
            sealed(RETURN, 1, |r| {
                r["inputs"] = (0..30_000)
                    .map(|n| (format!("input_{n}"), Value::from("0".repeat(64))))
                    .collect();
            }),
        ),
        hostile(
            "sealed",
            "30,000 sections",
            sealed(RETURN, 1, |r| {
                r["answers"] =
                    (0..30_000).map(|n| (format!("s{n}"), ia_returns::json!({}))).collect();
            }),
        ),
        hostile(
            "sealed",
            "a name of 4 MB",
            sealed(RETURN, 1, |r| r["organisation"]["name"] = texts_of("x")),
        ),
        hostile(
            "sealed",
            "an unknown collection of 4 MB",
            sealed(RETURN, 8, |r| r["collection"]["sha256"] = texts_of("5")),
        ),
        hostile(
            "sealed",
            "eight signatures over 4 MB",
            sealed(RETURN, 8, |r| r["answers"]["about"]["comment"] = texts_of("quiet ")),
        ),
        hostile(
            "sealed",
            "rows that people added, many",
            sealed("genuine/learning.json", 1, |r| grow(&mut r["answers"])),
        ),
        hostile(
            "sealed",
            "rows that people added to a self-assessment",
            sealed("genuine/self-assessment.json", 1, |r| grow(&mut r["answers"])),
        ),
        hostile(
            "draft",
            "a comment of digits",
            draft(|d| d["answers"]["about"]["comment"] = texts_of("1 ")),
        ),
        hostile(
            "draft",
            "60,000 choices",
            draft(|d| d["answers"]["about"]["action_id"] = ids(60_000)),
        ),
        hostile(
            "draft",
            "15,000 rows of one group",
            draft(|d| d["answers"]["workforce"]["staffing"] = many(15_000, &twin)),
        ),
    ]
}

/// Every table is given its rows again and again, to 3,000 rows.
fn grow(answers: &mut Value) {
    for name in answers.as_object().unwrap().keys().cloned().collect::<Vec<_>>() {
        let section = answers.get_mut(&name).unwrap();
        for field in section.as_object().unwrap().keys().cloned().collect::<Vec<_>>() {
            let rows = section[field.as_str()].as_array().cloned().unwrap_or_default();
            if rows.first().is_some_and(|row| row.as_object().is_some()) {
                let more: Vec<Value> = rows.iter().cycle().take(3_000).cloned().collect();
                section[field.as_str()] = more.into();
            }
        }
    }
}

fn draft(change: impl FnOnce(&mut Value)) -> String {
    let mut file = vector("genuine/draft.json");
    change(&mut file["draft"]);
    json::canonical(&file)
}

fn others() -> Vec<Hostile> {
    let at = |text: &str| Instant::parse(text).unwrap();
    let issued = at("2023-07-20T09:00:00+01:00");
    // Of 200 keys, each for a hundred organisations: as many as a register holds.
    let keys: Vec<_> = (1..=200).map(|seed| key(seed).public().thumbprint()).collect();
    let entries = |count: usize| -> Value {
        (0..count)
            .map(|n| {
                ia_returns::json!({
                    "key": keys[n % keys.len()].to_string(), "organisation": format!("R{:05}", n / keys.len()),
                    "holder_role": "x", "valid_from": "2023-07-20T09:00:00+01:00",
                })
            })
            .collect()
    };
    let mut register = Register::new(issued);
    register.add(Entry::new(keys[0], "RX1".to_owned(), "x".to_owned(), issued, None));
    let sealed = register.seal(&key(1), &header(Role::Preparer));
    let full = |count: usize| {
        let mut payload = json::read(sealed.as_bytes()).unwrap()["register"].clone();
        payload["keys"] = entries(count);
        let signature =
            document::signature(&payload, Kind::Register, &key(1), &header(Role::Preparer));
        let signatures: Vec<Value> = vec![signature];
        json::canonical(&json::object(&mut [
            ("register", payload),
            ("signatures", signatures.into()),
        ]))
    };
    let long = |name: &'static str, entry: &'static str, member: &str, text: &str| {
        let bytes = filled(
            &format!("{{\"{member}\":{{\"format\":\"{text}\",\"x\":\""),
            "x",
            "\"},\"signatures\":[]}",
        );
        hostile(entry, name, bytes)
    };
    vec![
        hostile("register", "as many keys as may be", full(MOST_KEYS)),
        long("4 MB", "receipt", "receipt", "ia-receipt/1"),
        long("4 MB", "enrolment", "enrolment", "ia-enrolment/1"),
        hostile(
            "key_file",
            "16 KB of nothing",
            format!(
                "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
                "A".repeat(16_000)
            ),
        ),
        hostile(
            "key_file",
            "4 MB",
            filled("-----BEGIN PRIVATE KEY-----\n", "AAAA\n", "-----END PRIVATE KEY-----\n"),
        ),
        // Work that DESIGN allows, for a file that a person chose as their own key; nobody can send one.
        Hostile {
            seconds: 10,
            ..hostile("key_file", "the most rounds of PBKDF2", asking(pbkdf2()))
        },
        Hostile { seconds: 10, ..hostile("key_file", "the most of scrypt", asking(scrypt())) },
    ]
}

/// A key file that asks for this much work. Nobody has done any of it, so it does not open when it is done.
fn asking(kdf: impl Into<Kdf>) -> String {
    let lock =
        Parameters { kdf: kdf.into(), encryption: EncryptionScheme::Aes256Cbc { iv: [4; 16] } };
    let encrypted_data = OctetStringRef::new(&[0; 48]).unwrap();
    EncryptedPrivateKeyInfoRef { encryption_algorithm: lock.into(), encrypted_data }
        .to_pem(LineEnding::LF)
        .unwrap()
}

/// SHA-512 is the dearest that is read.
fn pbkdf2() -> Pbkdf2Params {
    let lock = Pbkdf2Params::hmac_sha256(MAX_PBKDF2_ROUNDS, &[3; 16]).unwrap();
    Pbkdf2Params { prf: Pbkdf2Prf::HmacWithSha512, ..lock }
}

fn scrypt() -> ScryptParams {
    let salt = [3; 16][..].try_into().unwrap();
    let cost_parameter = MAX_SCRYPT_BYTES / (128 * 8);
    let parallelization = MAX_SCRYPT_PASSES;
    ScryptParams { salt, cost_parameter, block_size: 8, parallelization, key_length: None }
}
