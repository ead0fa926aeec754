//! A passphrase made dear to guess: PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), some rounds at a time, so that whoever
//! waits can see how far it is, and can stop it.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The bytes of one block, and the longest key that is made here.
const BLOCK: usize = 32;

/// The first block of the derived key on its way. Wiped when dropped: `hmac` and `sha2` wipe theirs.
pub(super) struct Stretch {
    /// Keyed with the passphrase.
    keyed: Hmac<Sha256>,
    /// What the last round gave: Uₙ.
    last: Zeroizing<[u8; BLOCK]>,
    /// All rounds so far, one over the other.
    sum: Zeroizing<[u8; BLOCK]>,
    done: u32,
    rounds: u32,
}

impl Stretch {
    /// Before the first round; in a box, since what is moved leaves a copy behind. None where there are to be no rounds.
    pub(super) fn new(passphrase: &[u8], salt: &[u8], rounds: u32) -> Option<Box<Self>> {
        if rounds == 0 {
            return None;
        }
        let keyed = Hmac::<Sha256>::new_from_slice(passphrase).ok()?;
        let mut first = keyed.clone();
        first.update(salt);
        first.update(&1_u32.to_be_bytes());
        let last = Zeroizing::new(first.finalize().into_bytes().into());
        Some(Box::new(Self { keyed, sum: Zeroizing::clone(&last), last, done: 1, rounds }))
    }

    /// Does so many rounds more, or as many as are left.
    pub(super) fn work(&mut self, rounds: u32) {
        let until = self.done.saturating_add(rounds).min(self.rounds);
        while self.done < until {
            let mut next = self.keyed.clone();
            next.update(self.last.as_slice());
            *self.last = next.finalize().into_bytes().into();
            for (sum, byte) in self.sum.iter_mut().zip(self.last.iter()) {
                *sum ^= byte;
            }
            self.done = self.done.saturating_add(1);
        }
    }

    /// How much of it is done, in hundredths, cut off: 100 when all of it is.
    pub(super) fn hundredths(&self) -> u32 {
        let hundredths = u64::from(self.done).saturating_mul(100).checked_div(self.rounds.into());
        hundredths.and_then(|hundredths| hundredths.try_into().ok()).unwrap_or(100)
    }

    /// The derived key; does the rounds that are left first.
    pub(super) fn key(&mut self) -> &[u8; BLOCK] {
        self.work(u32::MAX);
        &self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    /// RFC 7914 section 11; the first 32 of 64 bytes.
    #[test]
    fn the_keys_of_rfc_7914_come_out_however_the_work_is_divided() {
        let cases = [
            (
                "passwd",
                "salt",
                1,
                [
                    0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f, 0xec, 0x16, 0x91, 0xc2, 0x25,
                    0x44, 0xb6, 0x05, 0xf9, 0x41, 0x85, 0x21, 0x6d, 0xde, 0x04, 0x65, 0xe6, 0x8b,
                    0x9d, 0x57, 0xc2, 0x0d, 0xac, 0xbc,
                ],
            ),
            (
                "Password",
                "NaCl",
                80_000,
                [
                    0x4d, 0xdc, 0xd8, 0xf6, 0x0b, 0x98, 0xbe, 0x21, 0x83, 0x0c, 0xee, 0x5e, 0xf2,
                    0x27, 0x01, 0xf9, 0x64, 0x1a, 0x44, 0x18, 0xd0, 0x4c, 0x04, 0x14, 0xae, 0xff,
                    0x08, 0x87, 0x6b, 0x34, 0xab, 0x56,
                ],
            ),
        ];
        for (passphrase, salt, rounds, key) in cases {
            for portion in [1, 7, 79_999, u32::MAX] {
                let mut stretch =
                    Stretch::new(passphrase.as_bytes(), salt.as_bytes(), rounds).unwrap();
                for _ in 0..3 {
                    stretch.work(portion);
                }
                assert_eq!(*stretch.key(), key, "{portion} at a time");
            }
        }
        assert!(Stretch::new(b"", b"", 0).is_none());
    }
}
