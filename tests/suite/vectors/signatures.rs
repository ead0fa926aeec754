//! Files whose signatures are wrong.

use super::content::remove;
use super::genuine::Genuine;
use super::make::{APPROVER, PREPARER, Parts, decoded, encoded, header_of, replaced, signed};
use super::vector::Vector;
use ia_returns::json::{self, Value};
use ia_returns::sign::Kind;

pub(super) const CHANGED: (&str, &str) = ("refused", "changed");
const NO_RETURN: (&str, &str) = ("refused", "not_a_return");

pub(super) fn wrong(
    name: &str,
    what: &'static str,
    text: impl Into<Vec<u8>>,
    refused: (&'static str, &'static str),
    says: &'static str,
) -> Vector {
    Vector::wrong("return", &format!("signature/{name}.json"), what, text, refused, says)
}

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let mut vectors = changed(genuine);
    vectors.extend(lists(genuine));
    vectors.extend(forms(genuine));
    vectors
}

/// What was signed is not what is there.
fn changed(genuine: &Genuine) -> Vec<Vector> {
    let misfit = "the signature does not fit what was signed";
    let parts = || genuine.parts();
    let figure = genuine.full.replacen("\"due_to_work\": 88", "\"due_to_work\": 89", 1);
    assert_ne!(figure, genuine.full);
    let (payload, _) = replaced(&genuine.nil, "Director on call", "Director on cell");
    let other = Parts::of(&genuine.practice, Kind::Return);
    let value = parts().entries[0]["signature"].as_str().unwrap().to_owned();
    let mut bits = decoded(&value);
    bits[5] ^= 1;
    let as_it_is_laid_out = json::indented(&parts().payload);
    let header = json::canonical(&header_of(&parts().entries[0]));
    let unsigned = encoded(header.replace("Information analyst\"", "Chief executive\""));
    vec![
        wrong("figure-changed", "One figure of return.json is another.", figure, CHANGED, misfit),
        wrong("byte-of-the-payload", "One letter of a name is another.", payload, CHANGED, misfit),
        wrong(
            "byte-of-the-header",
            "The signer’s job title is another.",
            parts().entry(|e| e["protected"] = unsigned.into()),
            CHANGED,
            misfit,
        ),
        wrong(
            "byte-of-the-signature",
            "One bit of the signature is another.",
            parts().entry(|e| e["signature"] = encoded(bits).into()),
            CHANGED,
            misfit,
        ),
        wrong(
            "member-added",
            "A comment was added.",
            parts().tampered(|r| r["answers"]["about"]["comment"] = "Checked twice.".into()),
            CHANGED,
            misfit,
        ),
        wrong(
            "member-removed",
            "An answer was taken out.",
            parts().tampered(|r| remove(&mut r["answers"]["about"], "nil_reason")),
            CHANGED,
            misfit,
        ),
        wrong(
            "of-another-return",
            "The signature of practice.json.",
            Parts { entries: other.entries, ..parts() }.text(),
            CHANGED,
            misfit,
        ),
        wrong(
            "over-the-layout",
            "Signed as it is laid out, not in its canonical form.",
            Parts {
                entries: vec![signed(&header, as_it_is_laid_out.as_bytes(), PREPARER)],
                ..parts()
            }
            .text(),
            CHANGED,
            misfit,
        ),
        wrong(
            "by-another-key",
            "Signed with another key than the header carries.",
            Parts {
                entries: vec![signed(
                    &header,
                    json::canonical(&parts().payload).as_bytes(),
                    APPROVER,
                )],
                ..parts()
            }
            .text(),
            CHANGED,
            misfit,
        ),
        wrong(
            "the-second-of-two",
            "The approver’s signature is of another return.",
            with_second(genuine),
            CHANGED,
            "(signature 2)",
        ),
    ]
}

fn with_second(genuine: &Genuine) -> String {
    let mut parts = genuine.parts();
    let other = Parts::of(&genuine.countersigned, Kind::Return);
    parts.entries.push(other.entries[1].clone());
    parts.text()
}

/// What is around the signatures.
fn lists(genuine: &Genuine) -> Vec<Vector> {
    let parts = || genuine.parts();
    let with = |entries: Vec<Value>| Parts { entries, ..parts() }.text();
    let one = parts().entries[0].clone();
    let by = |seed: u8, role: &str| parts().by(seed, role);
    assert_eq!(by(PREPARER, "preparer"), one, "two libraries sign alike");
    let many: Vec<Value> =
        (0..9_u8).map(|n| by(PREPARER + n, if n == 0 { "preparer" } else { "approver" })).collect();
    let eight = many[..8].to_vec();
    vec![
        Vector::genuine(
            "return",
            "genuine/eight-signatures.json",
            "As many signatures as are read.",
            with(eight),
        ),
        wrong(
            "nine-signatures",
            "One signature more than are read.",
            with(many),
            NO_RETURN,
            "it has 9 signatures, from 1 to 8 are read",
        ),
        wrong(
            "no-signature",
            "An empty list of signatures.",
            with(Vec::new()),
            NO_RETURN,
            "it has 0 signatures",
        ),
        wrong(
            "no-list-of-signatures",
            "No list of signatures.",
            json::indented(&json!({ "return": {} }))
                .replace("{}", json::indented(&parts().payload).trim_end()),
            NO_RETURN,
            "it has 0 signatures",
        ),
        wrong(
            "one-key-twice",
            "The preparer approves their own figures.",
            with(vec![one.clone(), by(PREPARER, "approver")]),
            NO_RETURN,
            "one key signed twice (signature 2)",
        ),
        wrong(
            "one-signature-twice",
            "The same signature twice.",
            with(vec![one.clone(), one.clone()]),
            NO_RETURN,
            "one key signed twice (signature 2)",
        ),
        Vector {
            signatures: "fit",
            ..wrong(
                "without-the-preparer",
                "Only the approver’s signature: whoever prepared it did not sign.",
                with(vec![by(APPROVER, "approver")]),
                NO_RETURN,
                "the preparer it names did not sign it",
            )
        },
        Vector {
            signatures: "fit",
            ..wrong(
                "preparer-as-approver",
                "The preparer’s key signed as an approver.",
                with(vec![by(PREPARER, "approver")]),
                NO_RETURN,
                "the preparer it names did not sign it",
            )
        },
    ]
}

/// Other forms of a JWS than the one that is read.
fn forms(genuine: &Genuine) -> Vec<Vector> {
    let parts = || genuine.parts();
    let one = parts().entries[0].clone();
    let payload = json::canonical(&parts().payload);
    vec![
        wrong(
            "unprotected-header",
            "A header beside the protected one.",
            parts().entry(|e| e["header"] = json!({ "kid": "x" })),
            NO_RETURN,
            "unknown member, expected one of protected, signature (at /signatures/0/header)",
        ),
        wrong(
            "payload-beside",
            "A second payload, in the form of a JWS that is not detached.",
            parts().text().replacen(
                "{\n",
                &format!("{{\n  \"payload\": \"{}\",\n", encoded(&payload)),
                1,
            ),
            NO_RETURN,
            "unknown member, expected one of return, signatures (at /payload)",
        ),
        wrong(
            "flattened",
            "The flattened form of a JWS.",
            flattened(&one, &parts().payload),
            NO_RETURN,
            "(at /protected)",
        ),
        wrong(
            "compact",
            "The compact form of a JWS.",
            format!(
                "\"{}..{}\"",
                one["protected"].as_str().unwrap(),
                one["signature"].as_str().unwrap()
            ),
            NO_RETURN,
            "expected an object",
        ),
    ]
}

fn flattened(one: &Value, payload: &Value) -> String {
    let mut file = one.clone();
    file["return"] = payload.clone();
    json::indented(&file)
}
