//! What a receipt says, in sentences. It is verified by the core; whose it is, this page cannot know.

use crate::file::{About, Receipt};
use crate::gather::Gather as _;
use crate::sign::{Header, Kind, Thumbprint, document};

/// What is said of a chosen receipt.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Said {
    /// It cannot be relied on: why, and what to do.
    Refused(&'static str, &'static str),
    /// Every signature fits.
    Genuine {
        receipt: Receipt,
        /// What it has to do with the return at hand; none where there is none.
        about: Option<About>,
        /// Who signed it.
        signers: Vec<(Header, Thumbprint)>,
    },
    /// The receipt may be right, but the return beside it is none.
    NotAReturn,
}

/// Judges a receipt, beside the sealed return that it should be for where that is at hand.
pub(super) fn judge(receipt: &[u8], sealed: &[u8]) -> Said {
    let (receipt, signed) = match Receipt::read(receipt) {
        Ok(read) => read,
        Err(error) => return refused(error.code()),
    };
    let about = if sealed.is_empty() {
        None
    } else {
        let sealed = document::read(sealed, Kind::Return).and_then(document::Parts::verify);
        let Ok(sealed) = sealed else { return Said::NotAReturn };
        Some(receipt.about(&sealed))
    };
    let signers = signed.signatures.into_iter().map(|found| (found.header, found.thumbprint));
    Said::Genuine { receipt, about, signers: signers.gather() }
}

fn refused(code: &str) -> Said {
    match code {
        "changed" => Said::Refused(
            "This receipt is forged, or was changed after it was made: its signature does not fit what it says.",
            "Do not rely on it. Ask whoever received your return to send you their receipt again.",
        ),
        "another_kind" => Said::Refused(
            "This file is not a receipt.",
            "Choose the file that whoever received your return sent to you.",
        ),
        _ => Said::Refused(
            "This file cannot be read as a receipt.",
            "Choose the file as it was sent to you, and do not open it in other programs first.",
        ),
    }
}

/// What was found of the return, in a sentence, from the word in the receipt.
pub(super) fn found(verdict: &str) -> Option<&'static str> {
    Some(match verdict {
        "unchanged" => {
            "They found it unchanged since it was sealed, and checked it again with the same result."
        }
        "differs_on_recheck" => {
            "They found it unchanged since it was sealed, but a check there gave another result. Ask them what differs."
        }
        "unknown_collection" | "unknown_template" => {
            "They found it unchanged since it was sealed, but could not check it again, because they do not have the collection or this version of the return. Tell them which page you used."
        }
        _ => return None,
    })
}
