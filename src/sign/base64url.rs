//! Base64url without padding (RFC 7515 section 2), one text for one string of bytes.

use base64ct::{Base64UrlUnpadded, Encoding as _};

pub(super) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// The bytes, or nothing where `text` is not the one text that [`encode`] writes for them: padding,
/// white space and stray bits at the end would let two texts be one signature.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
    (encode(&bytes) == text).then_some(bytes)
}

/// As [`decode`], for exactly `N` bytes.
pub(super) fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_text_of_some_bytes_is_read() {
        assert_eq!(decode("").unwrap(), b"");
        assert_eq!(decode("-_8").unwrap(), [0xfb, 0xff]);
        for text in ["-_8=", "-_9", "-_-", "+/8", "-_8 ", "-_8\n", "A", "é", "AAAAA", "-_8é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
