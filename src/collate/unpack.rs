//! What is packed: zip archives, and e-mails with what is attached to them. A small file can unpack to more than any disk
//! holds, so only so much is unpacked, and what is left out is named.

use super::judge::{Bench, Judged, OtherKind, judge};
use crate::json::MAX_BYTES;
#[cfg(not(target_arch = "wasm32"))]
use crate::register::{Received, Source};
#[cfg(not(target_arch = "wasm32"))]
use crate::time::Instant;
#[cfg(not(target_arch = "wasm32"))]
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most files of one archive or e-mail that are opened.
const MOST_FILES: usize = 200_000;
/// The most bytes that one archive or e-mail unpacks to, in all.
const MOST_BYTES: u64 = 2_000_000_000;
/// An archive in an e-mail in an e-mail is opened; deeper is not.
const DEEPEST: usize = 3;

/// How much may still be unpacked.
#[derive(Clone, Debug)]
pub struct Limits {
    bytes: u64,
    files: usize,
    depth: usize,
    /// Whether e-mails are opened.
    emails: bool,
}

impl Limits {
    /// The same for the page, which opens no e-mail: the reader of e-mails is 114 KB of engine, and what is attached can be saved.
    pub fn without_emails() -> Self {
        Self { emails: false, ..Self::default() }
    }
}

impl Default for Limits {
    /// For one archive or e-mail, with all that is in it.
    fn default() -> Self {
        Self { bytes: MOST_BYTES, files: MOST_FILES, depth: 0, emails: true }
    }
}

const AGAIN: &str = "Ask the sender for the files as the page saved them.";

fn unread(name: &str, sentence: &str) -> Judged {
    Judged::unread(name, 0, OtherKind::Unreadable, sentence, AGAIN)
}

/// The longest archive or e-mail that is opened, in bytes: ten thousand returns are a tenth of it.
pub const LONGEST_CONTAINER: u64 = 256_000_000;

/// Whether bytes are those of a zip archive; four of them are enough.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether a name is that of a saved e-mail.
pub fn is_email(name: &str) -> bool {
    let ending = name.len().checked_sub(4).filter(|at| *at > 0).and_then(|at| name.get(at..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".eml"))
}

/// An archive that is read file by file, so that whoever waits can be told how far it is.
#[derive(Debug)]
pub struct Archive<R> {
    name: String,
    packed: ZipArchive<R>,
    next: usize,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is said of it where it cannot be read, or is an office document.
    pub fn open(name: &str, file: R, bench: &Bench<'_>) -> Result<Self, Judged> {
        let archive = ZipArchive::new(file)
            .map_err(|error| unread(name, &format!("this archive cannot be read: {error}")))?;
        let is_office = ["[Content_Types].xml", "mimetype"];
        if is_office.iter().any(|part| archive.index_for_name(part).is_some()) {
            // What is told by its first bytes is told by the core, in its own words.
            return Err(judge(name, b"PK\x03\x04[Content_Types].xml", bench));
        }
        if archive.is_empty() {
            return Err(unread(name, "this archive is empty"));
        }
        Ok(Self { name: name.to_owned(), packed: archive, next: 0 })
    }

    /// What its next file is, or what is in that; nothing once all were read.
    pub fn next(&mut self, bench: &Bench<'_>, limits: &mut Limits) -> Option<Vec<Judged>> {
        let number = self.next;
        if number >= self.packed.len() {
            return None;
        }
        self.next = number.saturating_add(1);
        if limits.files == 0 {
            self.next = self.packed.len();
            let sentence =
                format!("it holds more than {MOST_FILES} files, and the rest is not opened");
            return Some(vec![unread(&self.name, &sentence)]);
        }
        limits.files = limits.files.saturating_sub(1);
        Some(entry(&self.name, &mut self.packed, number, bench, limits))
    }
}

/// The files of an archive, each by its name behind that of the archive.
pub fn zip(
    name: &str,
    file: impl Read + Seek,
    bench: &Bench<'_>,
    limits: &mut Limits,
) -> Vec<Judged> {
    let mut archive = match Archive::open(name, file, bench) {
        Ok(archive) => archive,
        Err(judged) => return vec![judged],
    };
    let mut judged = Vec::new();
    while let Some(some) = archive.next(bench, limits) {
        judged.extend(some);
    }
    if judged.is_empty() {
        judged.push(unread(name, "this archive is empty"));
    }
    judged
}

fn entry<R: Read + Seek>(
    archive_name: &str,
    archive: &mut ZipArchive<R>,
    number: usize,
    bench: &Bench<'_>,
    limits: &mut Limits,
) -> Vec<Judged> {
    let listed = archive.name_for_index(number).and_then(Result::ok);
    let listed = listed.map(std::borrow::Cow::into_owned).unwrap_or_default();
    let name = format!("{archive_name}/{listed}");
    let mut entry = match archive.by_index(number) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
            return vec![unread(&name, "it is locked with a password")];
        }
        Err(error) => return vec![unread(&name, &format!("it cannot be unpacked: {error}"))],
    };
    if entry.is_dir() {
        return Vec::new();
    }
    if entry.is_symlink() {
        return vec![unread(&name, "this is a link to another place, which is not followed")];
    }
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    if entry.size() >= most {
        return vec![Judged::too_large(&name, entry.size())];
    }
    if limits.bytes < most {
        let sentence = "the archive unpacks to more than is read, and this is left out";
        return vec![unread(&name, sentence)];
    }
    let mut bytes = Vec::new();
    let read = entry.by_ref().take(most).read_to_end(&mut bytes);
    limits.bytes = limits.bytes.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    match read {
        Ok(_) => inner(&name, &bytes, bench, limits),
        Err(error) => vec![unread(&name, &format!("it cannot be unpacked: {error}"))],
    }
}

/// What was in something else: an e-mail or an archive again, or a file.
fn inner(name: &str, bytes: &[u8], bench: &Bench<'_>, limits: &mut Limits) -> Vec<Judged> {
    let is_email = is_email(name);
    if !is_email && !is_zip(bytes) {
        return vec![judge(name, bytes, bench)];
    }
    if limits.depth >= DEEPEST {
        return vec![unread(name, "it is packed too many times, and is not opened")];
    }
    if is_email && !limits.emails {
        return vec![closed_email(name)];
    }
    limits.depth += 1;
    #[cfg(not(target_arch = "wasm32"))]
    let judged = if is_email {
        email(name, bytes, bench, limits)
    } else {
        zip(name, Cursor::new(bytes), bench, limits)
    };
    #[cfg(target_arch = "wasm32")]
    let judged = zip(name, Cursor::new(bytes), bench, limits);
    limits.depth -= 1;
    judged
}

/// An e-mail where none is opened.
pub fn closed_email(name: &str) -> Judged {
    let sentence = "this is an e-mail, which this page does not open";
    let next_step = "Save what is attached to it, and add that. The command line opens e-mails.";
    Judged::unread(name, 0, OtherKind::NotAReturn, sentence, next_step)
}

#[cfg(not(target_arch = "wasm32"))]
/// The attachments of an e-mail, received when the last server took it in. Of the `Received` lines the topmost is
/// that server’s own (RFC 5321, 4.4); those below it, and `Date`, are whatever the sender wrote.
pub fn email(name: &str, bytes: &[u8], bench: &Bench<'_>, limits: &mut Limits) -> Vec<Judged> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return vec![unread(name, "this e-mail cannot be read")];
    };
    let mut judged = Vec::new();
    attached(name, &message, bench, limits, &mut judged);
    if judged.is_empty() {
        let next_step =
            "If it gives figures in words, you can enter them: they count, and are shown apart.";
        let sentence = "this e-mail has no attachment";
        judged.push(Judged::unread(name, 0, OtherKind::NotAReturn, sentence, next_step));
    }
    let received = received(&message);
    for one in &mut judged {
        // Of an e-mail in an e-mail, the outer one says when it arrived here.
        one.received = received;
    }
    judged
}

#[cfg(not(target_arch = "wasm32"))]
fn attached(
    name: &str,
    message: &Message<'_>,
    bench: &Bench<'_>,
    limits: &mut Limits,
    judged: &mut Vec<Judged>,
) {
    for (number, part) in message.attachments().enumerate() {
        if limits.files == 0 {
            judged.push(unread(name, "it has more attachments than are opened"));
            return;
        }
        limits.files = limits.files.saturating_sub(1);
        let listed = part.attachment_name().map_or_else(|| (number + 1).to_string(), str::to_owned);
        let own = format!("{name}/{listed}");
        if let PartType::Message(inside) = &part.body {
            if limits.depth >= DEEPEST {
                judged.push(unread(&own, "it is packed too many times, and is not opened"));
                continue;
            }
            limits.depth += 1;
            attached(&own, inside, bench, limits, judged);
            limits.depth -= 1;
            continue;
        }
        judged.extend(inner(&own, part.contents(), bench, limits));
    }
}

#[cfg(not(target_arch = "wasm32"))]
/// When the last server took an e-mail in.
fn received(message: &Message<'_>) -> Received {
    let mut headers = message.headers().iter();
    let topmost = headers.find(|header| header.name.as_str().eq_ignore_ascii_case("Received"));
    let date = topmost.and_then(|header| match &header.value {
        HeaderValue::Received(received) => received.date.filter(mail_parser::DateTime::is_valid),
        _ => None,
    });
    let at = date.and_then(|date| Instant::from_seconds(date.to_timestamp()).ok());
    at.map_or(Received::Unknown, |at| Received::At(at, Source::Email))
}
