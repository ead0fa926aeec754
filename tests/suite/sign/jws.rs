//! Signatures as entries of a JWS.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ia_returns::json::{self, ReadFault, Value};
use ia_returns::sign::{
    Header, Kind, PublicKey, PublicKeyError, Role, Signature, SignatureError, Thumbprint, sign,
    verify,
};
use ia_returns::time::Instant;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::key;

const PAYLOAD: &[u8] = br#"{"format":"ia-return/1"}"#;

fn header() -> Header {
    Header {
        role: Role::Preparer,
        signer_name: "A. Analyst".to_owned(),
        signer_job_title: "Information analyst".to_owned(),
        signed_at: Instant::parse("2023-07-28T10:40:00+01:00").unwrap(),
    }
}

fn signed() -> Signature {
    sign(&key(1), Kind::Return, PAYLOAD, &header())
}

fn decoded(text: &str) -> String {
    String::from_utf8(Base64UrlUnpadded::decode_vec(text).unwrap()).unwrap()
}

fn encoded(text: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(text.as_ref())
}

/// Another header with a signature that fits it.
fn signed_over(protected: &str) -> Signature {
    let protected = encoded(protected);
    let input = format!("{protected}.{}", encoded(PAYLOAD));
    let signature = SigningKey::from_bytes(&[1; 32]).sign(input.as_bytes());
    Signature { protected, signature: encoded(signature.to_bytes()) }
}

fn refused(signature: &Signature) -> SignatureError {
    verify(signature, Kind::Return, PAYLOAD).unwrap_err()
}

/// The protected header with one change.
fn changed(change: impl FnOnce(&mut Value)) -> Signature {
    let mut protected = json::read(decoded(&signed().protected).as_bytes()).unwrap();
    change(&mut protected);
    signed_over(&json::canonical(&protected))
}

/// RFC 8037 appendix A.2 and A.3.
#[test]
fn a_thumbprint_is_that_of_rfc_8037() {
    let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let bytes = Base64UrlUnpadded::decode_vec(x).unwrap().try_into().unwrap();
    let key = PublicKey::from_bytes(&bytes).unwrap();
    assert_eq!(key.x(), x);
    let thumbprint = key.thumbprint();
    assert_eq!(thumbprint.to_string(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assert_eq!(thumbprint.check_code(), "J3XC-NZN9-P5AP");
    assert_eq!(thumbprint.enrolment_code(), "J3XC-NZN9-P5AP-D62M-1XRC");
    assert_eq!(Thumbprint::parse(&thumbprint.to_string()), Ok(thumbprint));
}

/// RFC 7638 section 3.1, whose key is of another kind: a thumbprint is the hash of a canonical form, so ours of the
/// members that are required must be the one printed there.
#[test]
fn a_thumbprint_is_taken_as_rfc_7638_takes_it() {
    let jwk = r#"{ "kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29" }"#;
    let mut jwk = json::read(jwk.as_bytes()).unwrap();
    for optional in ["alg", "kid"] {
        jwk.as_object_mut().unwrap().remove(optional);
    }
    let form = json::canonical(&jwk);
    assert!(form.starts_with(r#"{"e":"AQAB","kty":"RSA","n":"0vx7"#));
    let hash = encoded(Sha256::digest(form));
    assert_eq!(hash, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn texts_that_are_not_thumbprints_are_refused() {
    let texts = [
        "",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k=",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4l",
        "kPrK/qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        " kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    ];
    for text in texts {
        assert!(Thumbprint::parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_protected_header_says_who_and_when_in_its_canonical_form() {
    let thumbprint = key(1).public().thumbprint();
    let x = key(1).public().x();
    assert_eq!(
        decoded(&signed().protected),
        format!(
            "{{\"alg\":\"EdDSA\",\"jwk\":{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}},\
             \"kid\":\"{thumbprint}\",\"role\":\"preparer\",\
             \"signed_at\":\"2023-07-28T10:40:00+01:00\",\
             \"signer_job_title\":\"Information analyst\",\"signer_name\":\"A. Analyst\",\
             \"typ\":\"ia-return+jws\"}}"
        )
    );
}

#[test]
fn what_was_signed_is_verified() {
    for kind in [Kind::Enrolment, Kind::ExpectedList, Kind::Receipt, Kind::Register, Kind::Return] {
        for role in [Role::Approver, Role::Preparer] {
            let header = Header { role, ..header() };
            let verified = verify(&sign(&key(2), kind, PAYLOAD, &header), kind, PAYLOAD).unwrap();
            assert_eq!(verified.header, header);
            assert_eq!(verified.key, key(2).public());
            assert_eq!(verified.thumbprint, key(2).public().thumbprint());
        }
    }
    assert_eq!(signed(), signed());
}

#[test]
fn a_signature_over_one_kind_is_none_over_another() {
    let error = verify(&signed(), Kind::Receipt, PAYLOAD).unwrap_err();
    assert_eq!(error.to_string(), "`typ` is \"ia-return+jws\", expected ia-receipt+jws");
}

/// The member that a JSON pointer leads to, in objects.
fn at<'v>(header: &'v mut Value, pointer: &str) -> &'v mut Value {
    pointer.split('/').skip(1).fold(header, |inside, step| &mut inside[step])
}

#[test]
fn another_payload_does_not_fit() {
    for payload in [&b""[..], br#"{"format":"ia-return/1"} "#, br#"{"format":"ia-return/2"}"#] {
        assert_eq!(verify(&signed(), Kind::Return, payload), Err(SignatureError::Mismatch));
    }
}

#[test]
fn the_newer_name_of_the_algorithm_is_read_too() {
    let signature = changed(|header| header["alg"] = json!("Ed25519"));
    assert!(verify(&signature, Kind::Return, PAYLOAD).is_ok());
}

#[test]
fn another_order_of_members_is_read_too() {
    let mut members: Vec<_> = decoded(&signed().protected)
        .trim_matches(['{', '}'])
        .split(",\"kid")
        .map(str::to_owned)
        .collect();
    members.reverse();
    let signature = signed_over(&format!("{{\"kid{},{}}}", members[0], members[1]));
    assert!(verify(&signature, Kind::Return, PAYLOAD).is_ok());
}

#[test]
fn a_header_without_one_of_its_members_is_refused_by_name() {
    for member in
        ["alg", "jwk", "kid", "role", "signed_at", "signer_job_title", "signer_name", "typ"]
    {
        let error =
            refused(&changed(|header| drop(header.as_object_mut().unwrap().remove(member))));
        assert!(error.to_string().contains(&format!("“{member}” is missing")), "{error}");
    }
    for member in ["crv", "kty", "x"] {
        let remove = |header: &mut Value| {
            header["jwk"].as_object_mut().unwrap().remove(member);
        };
        let error = refused(&changed(remove)).to_string();
        assert!(error.contains(&format!("“{member}” is missing")), "{error}");
        assert!(error.contains("at /jwk"), "{error}");
    }
}

#[test]
fn a_header_with_another_member_is_refused_by_name() {
    for (member, value) in [
        ("crit", json!(["b64"])),
        ("b64", json!(false)),
        ("jku", json!("https://example.org/keys")),
        ("x5c", json!([])),
        ("cty", json!("json")),
        ("note", json!("")),
    ] {
        let error = refused(&changed(|header| header[member] = value)).to_string();
        assert!(error.contains("unknown member"), "{error}");
        assert!(error.contains(&format!("at /{member}")), "{error}");
    }
    let error = refused(&changed(|header| header["jwk"]["d"] = json!("AAAA"))).to_string();
    assert!(error.contains("at /jwk/d"), "{error}");
}

#[test]
fn a_member_of_the_wrong_kind_is_refused_by_name() {
    for member in
        ["alg", "jwk", "kid", "role", "signed_at", "signer_job_title", "signer_name", "typ"]
    {
        for value in [json!(1), json!(true), json!([]), json!({}), json!(null), json!([["a"]])] {
            let signature = changed(|header| header[member] = value.clone());
            let error = refused(&signature).to_string();
            let place = error.contains(&format!("at /{member}"));
            assert!(place, "{member} {value} {error}");
        }
    }
    for member in ["crv", "kty", "x"] {
        let error = refused(&changed(|header| header["jwk"][member] = json!(1))).to_string();
        assert!(error.contains(&format!("at /jwk/{member}")), "{error}");
    }
}

#[test]
fn a_member_that_says_something_else_is_refused_by_name() {
    let cases = [
        ("/alg", "none", "`alg` is \"none\", expected EdDSA"),
        ("/alg", "HS256", "`alg` is \"HS256\", expected EdDSA"),
        ("/alg", "eddsa", "`alg` is \"eddsa\", expected EdDSA"),
        ("/typ", "JOSE", "`typ` is \"JOSE\", expected ia-return+jws"),
        ("/typ", "IA-return+jws", "`typ` is \"IA-return+jws\", expected ia-return+jws"),
        ("/jwk/kty", "EC", "`kty` is \"EC\", expected OKP"),
        ("/jwk/crv", "Ed448", "`crv` is \"Ed448\", expected Ed25519"),
        ("/jwk/x", "AAAA", "`x` is not base64url without padding"),
        ("/role", "boss", "found text “boss”, expected one of approver, preparer"),
        ("/kid", "me", "not a thumbprint of 43 characters"),
        ("/signed_at", "2023-07-28T10:40", "not a time in the form 2023-07-28T10:40:00+01:00"),
    ];
    for (pointer, value, words) in cases {
        let signature = changed(|header| *at(header, pointer) = json!(value));
        let error = refused(&signature);
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.remedy().is_empty());
    }
}

#[test]
fn another_key_than_the_named_one_is_refused() {
    let other = key(2).public();
    let kid = changed(|header| header["kid"] = json!(other.thumbprint().to_string()));
    let expected = key(1).public().thumbprint();
    assert_eq!(refused(&kid), SignatureError::Kid { found: other.thumbprint(), expected });
    // A header that is all another key's, over this key's signature
    let all = changed(|header| {
        header["kid"] = json!(other.thumbprint().to_string());
        header["jwk"]["x"] = json!(other.x());
    });
    assert_eq!(refused(&all), SignatureError::Mismatch);
}

#[test]
fn a_key_of_small_order_is_refused_before_its_signature_is_looked_at() {
    let neutral = format!("AQ{}", "A".repeat(41));
    let signature = changed(|header| header["jwk"]["x"] = json!(neutral));
    assert_eq!(refused(&signature), SignatureError::Key(PublicKeyError::SmallOrder));
}

#[test]
fn a_header_that_is_not_strict_json_is_refused() {
    let good = decoded(&signed().protected);
    let fault = |text: &str| match refused(&signed_over(text)) {
        SignatureError::Header(error) => error.fault,
        other => panic!("{other}"),
    };
    assert_eq!(fault(""), ReadFault::Ended);
    assert_eq!(fault(&format!("{good} x")), ReadFault::Trailing);
    assert_eq!(fault(&format!("\u{feff}{good}")), ReadFault::ByteOrderMark);
    let twice = good.replacen('{', "{\"typ\":\"ia-return+jws\",", 1);
    assert_eq!(fault(&twice), ReadFault::DuplicateName { name: "typ".to_owned() });
    // The members' values in the order of their names: an array is no header.
    let values = format!("[{}]", good.replace("\":\"", "\",\""));
    assert!(matches!(refused(&signed_over(&values)), SignatureError::Header(_)));
}

#[test]
fn only_one_text_of_a_signature_is_read() {
    let Signature { protected, signature } = signed();
    let encoding = |member| SignatureError::Encoding { member };
    let with = |protected: &str, signature: &str| Signature {
        protected: protected.to_owned(),
        signature: signature.to_owned(),
    };
    // 64 bytes end in a character with four stray bits: 86 characters, the last one of A, Q, g, w.
    let last = signature.chars().last().unwrap();
    let stray = char::from(u8::try_from(last).unwrap() + 1);
    let stray = format!("{}{stray}", &signature[..85]);
    for text in [&format!("{signature}=="), &stray, &format!("{signature}\n"), "", "AAAA"] {
        assert_eq!(refused(&with(&protected, text)), encoding("signature"), "{text}");
    }
    for text in [format!("{protected}="), format!(" {protected}"), format!("{protected}A===")] {
        assert_eq!(refused(&with(&text, &signature)), encoding("protected"), "{text}");
    }
}

#[test]
fn a_code_point_that_is_no_character_never_reaches_a_header() {
    let header = Header { signer_name: "A\u{fffe}B\u{fffd}".to_owned(), ..header() };
    let signature = sign(&key(1), Kind::Return, PAYLOAD, &header);
    let verified = verify(&signature, Kind::Return, PAYLOAD).unwrap();
    assert_eq!(verified.header.signer_name, "A\u{fffd}B\u{fffd}");
}

#[test]
fn no_change_of_one_bit_fits() {
    let Signature { protected, signature } = signed();
    for at in 0..protected.len() + signature.len() {
        for bit in 0..8 {
            let mut bytes = format!("{protected}{signature}").into_bytes();
            bytes[at] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let Some((first, second)) = text.split_at_checked(protected.len()) else { continue };
            let changed = Signature { protected: first.to_owned(), signature: second.to_owned() };
            assert!(verify(&changed, Kind::Return, PAYLOAD).is_err(), "byte {at}, bit {bit}");
        }
    }
}

proptest! {
    #[test]
    fn a_signer_may_have_any_name(name in "\\PC{0,30}", title in any::<String>(), seconds in 0..4_000_000_000_i64) {
        let header = Header {
            signer_name: name,
            signer_job_title: title,
            signed_at: Instant::from_seconds(seconds).unwrap(),
            ..header()
        };
        let verified = verify(&sign(&key(3), Kind::Return, PAYLOAD, &header), Kind::Return, PAYLOAD);
        let found = verified.unwrap().header;
        prop_assert_eq!(found.signed_at, header.signed_at);
        prop_assert_eq!(found.signer_name.chars().count(), header.signer_name.chars().count());
    }

    #[test]
    fn no_text_makes_verify_panic(protected in any::<String>(), json in "\\PC{0,60}", signature in any::<String>()) {
        let _ = verify(&Signature { protected, signature: signature.clone() }, Kind::Return, PAYLOAD);
        let _ = verify(&Signature { protected: encoded(json), signature }, Kind::Return, PAYLOAD);
    }
}
