//! Project Wycheproof's signatures by Ed25519, which careless readers take: none of them is taken here, and all that are
//! good are.

use super::key::{PublicKey, SecretKey};
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};
use zeroize::Zeroizing;

fn set() -> TestSet {
    TestSet::load(TestName::Ed25519).unwrap()
}

#[test]
fn every_signature_of_wycheproof_is_taken_or_refused_as_it_says() {
    let (mut taken, mut refused) = (0, 0);
    for group in set().test_groups {
        // Every key of the set is good; what is wrong is a signature.
        let key = PublicKey::from_bytes(group.key.pk[..].try_into().unwrap()).unwrap();
        for test in group.tests {
            // A signature of another length never becomes 64 bytes.
            let fits =
                test.sig[..].try_into().is_ok_and(|signature| key.verifies(&test.msg, &signature));
            let case = format!("{}: {} {:?}", test.tc_id, test.comment, test.flags);
            match test.result {
                TestResult::Valid => {
                    assert!(fits, "{case}");
                    taken += 1;
                }
                TestResult::Invalid => {
                    assert!(!fits, "{case}");
                    refused += 1;
                }
                // None so far: whoever meets one decides.
                TestResult::Acceptable => panic!("{case}"),
            }
        }
    }
    assert_eq!((taken, refused), (88, 63));
}

/// RFC 8032 section 7.1, “TEST 1024”: the set has its message of 1,023 bytes, and no secret key.
#[test]
fn the_long_message_of_rfc_8032_is_signed_as_it_says() {
    let seed = "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5";
    let seed: Vec<u8> =
        (0..32).map(|at| u8::from_str_radix(&seed[2 * at..2 * at + 2], 16).unwrap()).collect();
    let key = SecretKey::from_seed(Zeroizing::new(seed.try_into().unwrap()));
    let groups = set().test_groups;
    let own = groups.iter().find(|group| group.key.pk[..] == key.public().to_bytes()).unwrap();
    let long = own.tests.iter().find(|test| test.msg.len() == 1_023).unwrap();
    assert_eq!(key.sign(&long.msg)[..], long.sig[..]);
}
