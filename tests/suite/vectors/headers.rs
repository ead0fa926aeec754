//! Files with one signature that is wrong in itself: its header, how it is written, its key.

use super::content::remove;
use super::forged;
use super::genuine::Genuine;
use super::make::{
    APPROVER, PREPARER, Parts, decoded, encoded, entry, header_of, replaced, thumbprint,
};
use super::signatures::{CHANGED, wrong};
use super::vector::{At, Vector};
use ia_returns::json::{self, Value};

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let mut vectors = headers(genuine);
    vectors.extend(encodings(genuine));
    vectors.extend(keys(genuine));
    vectors
}

/// Name, what is wrong, the change, words of the sentence.
type Headed = (&'static str, &'static str, fn(&mut Value), &'static str);

/// The protected header says something else, and the signature fits it.
const HEADED: &[Headed] = &[
    (
        "typ-of-a-receipt",
        "The type of a receipt.",
        |h| h["typ"] = "ia-receipt+jws".into(),
        "`typ` is \"ia-receipt+jws\", expected ia-return+jws",
    ),
    ("typ-of-any-jws", "The type of any JWS.", |h| h["typ"] = "JOSE".into(), "`typ` is \"JOSE\""),
    ("typ-missing", "No type.", |h| remove(h, "typ"), "“typ” is missing"),
    (
        "alg-none-with-a-signature",
        "No algorithm, though the signature fits.",
        |h| h["alg"] = "none".into(),
        "`alg` is \"none\", expected EdDSA",
    ),
    ("alg-es256", "Another algorithm.", |h| h["alg"] = "ES256".into(), "`alg` is \"ES256\""),
    (
        "alg-hs256",
        "A secret that both sides share: the public key.",
        |h| h["alg"] = "HS256".into(),
        "`alg` is \"HS256\"",
    ),
    (
        "kid-of-another-key",
        "The thumbprint of another key.",
        |h| h["kid"] = thumbprint(APPROVER).to_string().into(),
        "but the key's thumbprint is",
    ),
    (
        "kid-that-is-none",
        "A name for the key that is no thumbprint.",
        |h| h["kid"] = "rx1-analyst".into(),
        "not a thumbprint of 43 characters",
    ),
    (
        "crit",
        "An extension that must be understood.",
        |h| h["crit"] = vec!["exp"].into(),
        "unknown member, expected one of",
    ),
    (
        "b64",
        "A payload that is not encoded (RFC 7797).",
        |h| {
            h["b64"] = false.into();
            h["crit"] = vec!["b64"].into();
        },
        "(at /b64)",
    ),
    (
        "jku",
        "A place to fetch a key from.",
        |h| h["jku"] = "https://example.org/keys".into(),
        "(at /jku)",
    ),
    (
        "private-half",
        "The private half of a key in the header.",
        |h| h["jwk"]["d"] = encoded([0; 32]).into(),
        "(at /jwk/d)",
    ),
    (
        "key-of-another-kind",
        "An elliptic-curve key of another kind.",
        |h| h["jwk"]["kty"] = "EC".into(),
        "`kty` is \"EC\", expected OKP",
    ),
    (
        "key-of-another-curve",
        "A key that agrees on keys and signs nothing.",
        |h| h["jwk"]["crv"] = "X25519".into(),
        "`crv` is \"X25519\", expected Ed25519",
    ),
    (
        "key-of-31-bytes",
        "A key of 31 bytes.",
        |h| h["jwk"]["x"] = encoded([9; 31]).into(),
        "`x` is not base64url without padding",
    ),
    (
        "role-unknown",
        "A role that there is not.",
        |h| h["role"] = "chief".into(),
        "expected one of approver, preparer",
    ),
    (
        "signed-at-no-time",
        "A time without its offset.",
        |h| h["signed_at"] = "2023-07-28T10:40:00".into(),
        "not a time in the form",
    ),
    (
        "header-of-null",
        "A null in the header.",
        |h| h["signer_name"] = Value::Null,
        "(at /signer_name)",
    ),
];

fn headers(genuine: &Genuine) -> Vec<Vector> {
    let changed = HEADED.iter().map(|&(name, what, change, says)| {
        wrong(name, what, genuine.parts().headed(PREPARER, change), CHANGED, says)
    });
    let mut vectors: Vec<Vector> = changed.collect();
    let header = header_of(&genuine.parts().entries[0]);
    let text = json::canonical(&header);
    let mut none = header;
    none["alg"] = "none".into();
    let none = entry(&encoded(json::canonical(&none)), "");
    let none = Parts { entries: vec![none], ..genuine.parts() }.text();
    let what = "No algorithm, and no signature.";
    vectors.push(wrong("alg-none", what, none, CHANGED, "`signature` is not base64url"));
    let first = "\"role\":\"approver\",";
    let role = "\"role\":\"preparer\"";
    let (twice, at) = replaced(&text, role, &format!("{first}{role}"));
    for (name, what, header, says, byte, pointer) in [
        (
            "header-name-twice",
            "One name twice in the header: two readers see two roles.",
            twice.as_str(),
            "a name is used twice: \"role\"",
            at + first.len(),
            "",
        ),
        (
            "header-that-breaks-off",
            "A header that is not whole.",
            &text[..40],
            "stops before its JSON is complete",
            40,
            "/jwk",
        ),
    ] {
        let file = genuine.parts().with_header(PREPARER, header);
        let at = Some(At { byte, line: 1, pointer: pointer.to_owned() });
        vectors.push(Vector { at, ..wrong(name, what, file, CHANGED, says) });
    }
    vectors
}

/// The same bytes written otherwise, or other bytes.
fn encodings(genuine: &Genuine) -> Vec<Vector> {
    let parts = genuine.parts();
    let text = |member: &str| parts.entries[0][member].as_str().unwrap().to_owned();
    let (protected, signature) = (text("protected"), text("signature"));
    let entry = |member: &'static str, text: String| {
        genuine.parts().entry(|entry| entry[member] = text.into())
    };
    // 64 bytes leave four bits of the last letter unused, which must be 0.
    let (rest, last) = signature.split_at(signature.len() - 1);
    let stray = format!("{rest}{}", char::from(last.as_bytes()[0] + 1));
    let mut standard = signature.replace('-', "+").replace('_', "/");
    if standard == signature {
        standard.replace_range(..1, "+");
    }
    // The header cannot be padded as it is: one more member of its text makes it so.
    let spaced = encoded([decoded(&protected), b" ".to_vec()].concat());
    let padded = |text: &str| format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
    let pad_me = if protected.len() % 4 == 0 { spaced } else { protected.clone() };
    let not_signature = "`signature` is not base64url without padding";
    let not_protected = "`protected` is not base64url without padding";
    vec![
        wrong(
            "padded",
            "A signature with padding.",
            entry("signature", padded(&signature)),
            CHANGED,
            not_signature,
        ),
        wrong(
            "header-padded",
            "A header with padding.",
            entry("protected", padded(&pad_me)),
            CHANGED,
            not_protected,
        ),
        wrong(
            "other-alphabet",
            "A signature in base64, not base64url.",
            entry("signature", standard),
            CHANGED,
            not_signature,
        ),
        wrong(
            "stray-bits",
            "A last letter whose unused bits are not 0: a second text for one signature.",
            entry("signature", stray),
            CHANGED,
            not_signature,
        ),
        wrong(
            "line-break",
            "A line break in the signature.",
            entry("signature", format!("{}\n{}", &signature[..40], &signature[40..])),
            CHANGED,
            not_signature,
        ),
        wrong(
            "63-bytes",
            "A signature of 63 bytes.",
            entry("signature", encoded(&decoded(&signature)[..63])),
            CHANGED,
            not_signature,
        ),
        wrong(
            "65-bytes",
            "A signature of 65 bytes.",
            entry("signature", encoded([decoded(&signature), vec![0]].concat())),
            CHANGED,
            not_signature,
        ),
    ]
}

/// Keys and numbers that a reader must look at closely.
fn keys(genuine: &Genuine) -> Vec<Vector> {
    let like = genuine.parts().entries[0].clone();
    // The forged key is named as the preparer's, so that nothing but the key is wrong.
    let forged_with = |forge: &dyn Fn(&Value, &str) -> Value| {
        let mut parts = genuine.parts();
        let first = forge(&like, "");
        parts.payload["preparer_kid"] = forged::kid(&first);
        let payload = json::canonical(&parts.payload);
        parts.entries = vec![forge(&like, &payload)];
        parts.text()
    };
    let payload = json::canonical(&genuine.parts().payload);
    let alone = |entry: Value| Parts { entries: vec![entry], ..genuine.parts() }.text();
    vec![
        wrong(
            "small-order-key",
            "A key of small order: this signature fits every text.",
            forged_with(&forged::small_order_key),
            CHANGED,
            "`x` is a key of small order",
        ),
        wrong(
            "key-of-order-8",
            "Another key of small order: such a signature takes eight tries and no secret.",
            forged_with(&forged::key_of_order_8),
            CHANGED,
            "`x` is a key of small order",
        ),
        wrong(
            "key-written-otherwise",
            "A point written in another way than RFC 8032 writes it.",
            forged_with(&forged::key_written_otherwise),
            CHANGED,
            "`x` is not the one encoding of a point of Ed25519",
        ),
        wrong(
            "key-off-the-curve",
            "Bytes that are no point of the curve.",
            forged_with(&|like, _| forged::key_off_the_curve(like)),
            CHANGED,
            "`x` is not a point of Ed25519",
        ),
        wrong(
            "s-not-reduced",
            "S with the order of the group added: a second signature made from the first without the key.",
            alone(forged::s_not_reduced(&like)),
            CHANGED,
            "the signature does not fit what was signed",
        ),
        wrong(
            "r-of-small-order",
            "R is a point of small order.",
            alone(forged::r_of_small_order(&like, &payload, PREPARER)),
            CHANGED,
            "the signature does not fit what was signed",
        ),
    ]
}
