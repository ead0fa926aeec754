//! The data of a page: documents, and how the two forms of a page carry them. The build writes pages with it, and so does
//! `publish`: the same documents give the same bytes.
//!
//! Collections and expected lists stand in both, because the first step shows them. Templates with their plans, and
//! organisations, are needed once a collection is chosen: the one file carries them packed, the folder as scripts.

use crate::collection::{Document, DocumentKind};
use crate::hash::{code, sha256_hex};
use base64ct::{Base64, Encoding as _};
use flate2::{Compression, GzBuilder};
use std::io::Write as _;
use thiserror::Error;

/// The version of the program, which pages name in their manifest. A page takes data that was compiled by its own version
/// only.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Why a document cannot be a block.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum BlockError {
    /// Its id would need an escape.
    #[error("the id “{0}” may hold only letters, digits, “-”, “_” and “.”")]
    NotPlain(String),
    /// It could not be packed.
    #[error("“{0}” could not be packed")]
    NotPacked(String),
}

/// Whether the first step shows it.
pub(super) fn is_first(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Collection | DocumentKind::Expected)
}

fn hash(document: &Document) -> String {
    sha256_hex(document.json.as_bytes())
}

/// The name of its script: by hash, so that no page ever gets the data of another version. `www/data.js` makes the same.
fn file_name(document: &Document) -> String {
    let hash: String = hash(document).chars().take(12).collect();
    format!("{}-{}-{hash}.js", document.kind.word(), document.id)
}

/// Writes JSON so that no text in it can end a script element or open a comment. Only texts can hold a `<`, and there
/// `\u003c` means the same.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// A value for an HTML attribute in double quotes.
pub fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// base64 of gzip, at the highest level, with no time and no name: the same text gives the same.
fn pack(document: &Document) -> Result<String, BlockError> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let packed = encoder.write_all(document.json.as_bytes()).and_then(|()| encoder.finish());
    let failed = |_| BlockError::NotPacked(document.id.clone());
    Ok(Base64::encode_string(&packed.map_err(failed)?))
}

/// The check code of a page: the first 100 bits of the SHA-256 of its manifest, in five groups. `www/about.js` makes the same.
///
/// # Errors
///
/// When a name is not plain.
pub fn check_code(documents: &[Document]) -> Result<String, BlockError> {
    Ok(code(manifest(documents)?.as_bytes(), 5))
}

/// The blocks of the folder's page: the manifest, and what the first step shows.
///
/// # Errors
///
/// When a name is not plain.
pub fn first(documents: &[Document]) -> Result<String, BlockError> {
    let first = documents.iter().filter(|document| is_first(document.kind));
    Ok(lines(&manifest(documents)?, first.map(plain)))
}

/// The blocks of the page that is one file: the manifest, what the first step shows, and the rest packed.
///
/// # Errors
///
/// When a name is not plain.
pub fn whole(documents: &[Document]) -> Result<String, BlockError> {
    let manifest = manifest(documents)?;
    let mut elements = Vec::new();
    for document in documents {
        elements.push(if is_first(document.kind) { plain(document) } else { packed(document)? });
    }
    Ok(lines(&manifest, elements.into_iter()))
}

/// The scripts of the folder, by name. A plan lies with its template, under whose hash it is known.
///
/// # Errors
///
/// When a name is not plain.
pub fn scripts(documents: &[Document]) -> Result<Vec<(String, String)>, BlockError> {
    manifest(documents)?;
    let mut scripts = Vec::new();
    for document in documents {
        if is_first(document.kind) || document.kind == DocumentKind::Plan {
            continue;
        }
        let hash = hash(document);
        let of_it = |plan: &&Document| plan.kind == DocumentKind::Plan && plan.id == hash;
        let calls: Vec<String> =
            documents.iter().filter(of_it).chain([document]).map(give).collect();
        scripts.push((file_name(document), calls.join("\n")));
    }
    Ok(scripts)
}

fn lines(manifest: &str, elements: impl Iterator<Item = String>) -> String {
    let manifest = element("application/json", "manifest", "manifest", manifest);
    std::iter::once(manifest).chain(elements).collect::<Vec<_>>().join("\n")
}

fn plain(document: &Document) -> String {
    let kind = document.kind.word();
    element("application/json", kind, &document.id, &in_script(&document.json))
}

fn packed(document: &Document) -> Result<String, BlockError> {
    Ok(element("text/plain", document.kind.word(), &document.id, &pack(document)?))
}

fn element(media_type: &str, kind: &str, id: &str, text: &str) -> String {
    let (kind, id) = (attribute(kind), attribute(id));
    format!("<script type=\"{media_type}\" data-block=\"{kind}\" data-id=\"{id}\">{text}</script>")
}

/// A call that hands a document to the page. JSON in double quotes is a JavaScript text once its own quotes and
/// backslashes are escaped; it holds no line break (RFC 8785), and ES2019 takes the separators U+2028 and U+2029.
fn give(document: &Document) -> String {
    let text = document.json.replace('\\', "\\\\").replace('"', "\\\"");
    format!("iaReturns.give(\"{}\",\"{}\",\"{text}\");", document.kind.word(), document.id)
}

/// `ia-manifest/1`, which lists the hashes of all documents and names the version, in canonical form. A hash is over the
/// canonical JSON, not over its form inside the page.
///
/// # Errors
///
/// When a name is not plain.
pub(super) fn manifest(documents: &[Document]) -> Result<String, BlockError> {
    let mut entries = Vec::new();
    for document in documents {
        let (kind, id) = (document.kind.word(), &document.id);
        // Plain names need no escape, here or in an attribute or a file name.
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            return Err(BlockError::NotPlain(id.clone()));
        }
        let sha256 = hash(document);
        entries.push(format!("{{\"id\":\"{id}\",\"kind\":\"{kind}\",\"sha256\":\"{sha256}\"}}"));
    }
    let entries = entries.join(",");
    Ok(format!("{{\"blocks\":[{entries}],\"format\":\"ia-manifest/1\",\"version\":\"{VERSION}\"}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: DocumentKind, id: &str, json: &str) -> Document {
        Document { kind, id: id.into(), json: json.into() }
    }

    #[test]
    fn a_block_that_ends_a_script_is_escaped_and_hashed_before_the_escape() {
        let json = r#"{"a":"</script><!--"}"#;
        let page = first(&[block(DocumentKind::Collection, "c-1", json)]).unwrap();
        assert!(page.contains(r#"{"a":"\u003c/script>\u003c!--"}"#));
        assert!(page.contains(&sha256_hex(json.as_bytes())));
    }

    #[test]
    fn the_folder_carries_at_first_only_what_the_first_step_shows() {
        let blocks = [
            block(DocumentKind::Collection, "c", "{}"),
            block(DocumentKind::Template, "t", "[1,2]"),
        ];
        let page = first(&blocks).unwrap();
        assert!(
            page.contains("data-block=\"collection\"") && !page.contains("data-block=\"template\"")
        );
        assert!(page.contains("\"kind\":\"template\""), "the manifest knows all");
        let one = whole(&blocks).unwrap();
        assert!(
            one.contains("<script type=\"text/plain\" data-block=\"template\" data-id=\"t\">H4sI")
        );
    }

    #[test]
    fn a_script_hands_over_a_template_after_its_plan_exactly_as_they_are() {
        let template = block(DocumentKind::Template, "t", r#"{"a":"\"\\n"}"#);
        let plan = block(DocumentKind::Plan, &hash(&template), "\"1 \"");
        let scripts = scripts(&[template.clone(), plan]).unwrap();
        let (name, text) = scripts.into_iter().next().unwrap();
        assert_eq!(name, format!("template-t-{}.js", hash(&template).get(..12).unwrap()));
        let (first, second) = text.split_once('\n').unwrap();
        assert_eq!(first, format!(r#"iaReturns.give("plan","{}","\"1 \"");"#, hash(&template)));
        assert_eq!(second, r#"iaReturns.give("template","t","{\"a\":\"\\\"\\\\n\"}");"#);
    }

    #[test]
    fn a_block_with_a_hostile_name_is_refused() {
        assert!(whole(&[block(DocumentKind::Collection, "\"><p", "{}")]).is_err());
        assert!(scripts(&[block(DocumentKind::Template, "../x", "{}")]).is_err());
    }
}
