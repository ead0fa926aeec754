//! Hashes and encodings, each with one way to write it.

use std::io::Write;

use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 in base64, as a content security policy writes it (CSP Level 3, section 2.3.1).
pub(crate) fn sha256_base64(bytes: &[u8]) -> String {
    base64(&Sha256::digest(bytes))
}

/// Base64 with padding (RFC 4648 section 4), which is what `atob` reads.
pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// gzip (RFC 1952) at the highest level, with no time and no name: the same bytes give the same bytes.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("compress")?;
    encoder.finish().context("compress")
}

/// gzip as dense as it gets (zopfli): seconds of work once a build, for every first load. No time, no name.
pub(crate) fn gzip_dense(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut packed)
        .context("compress")?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_fips_180_4() {
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), hex);
        assert_eq!(sha256_base64(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn gzip_carries_no_time_stamp() {
        let packed = gzip(b"the same").unwrap();
        assert_eq!(&packed[4..8], &[0, 0, 0, 0]);
        assert_eq!(packed, gzip(b"the same").unwrap());
        let dense = gzip_dense(b"the same").unwrap();
        assert_eq!(&dense[..8], &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "gzip, no flags, no time");
    }
}
