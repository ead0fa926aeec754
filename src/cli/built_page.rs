//! A built page that is one file, read so that its data can be changed and nothing else: what stands around its data blocks,
//! and the proof that it is whole.

use super::blocks::{VERSION, attribute};
use crate::base85;
use crate::hash::sha256_hex;
use crate::json;
use base64ct::{Base64, Encoding as _};
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use thiserror::Error;

/// More than any packed part of a page holds, in bytes: a packed part that says otherwise is not unpacked to its end.
const MOST: u64 = 16_000_000;

/// The blocks that hold engines, in 85 letters. The app script knows the SHA-256 of the bytes of each.
const ENGINES: [&str; 3] = ["engine", "keys-engine", "second-engine"];

/// Why a page cannot be published from.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(super) enum PageError {
    /// It is something else.
    #[error("this is no page of ia-returns that is one file: {0}")]
    NotOurs(String),
    /// It is a page of another version.
    #[error("the page is of version {0}, this program of version {VERSION}")]
    OtherVersion(String),
    /// What it says of itself is not so.
    #[error("the page is damaged or was changed: {0}")]
    Changed(String),
}

impl PageError {
    /// What to do about it.
    pub(super) fn remedy(&self) -> &'static str {
        match self {
            Self::NotOurs(_) => {
                "Give the return.html of a release, which is one file, not that of the folder."
            }
            Self::OtherVersion(_) => "Use the page and the program of one release.",
            Self::Changed(_) => {
                "Get a fresh copy of return.html from the release, and compare its SHA-256 with SHA256SUMS."
            }
        }
    }
}

/// A block of data as it stands in the page.
#[derive(Debug)]
pub(super) struct PageBlock {
    pub(super) kind: String,
    pub(super) id: String,
    /// Its SHA-256, which was compared with the manifest's.
    pub(super) sha256: String,
}

/// A page whose parts fit each other.
#[derive(Debug)]
pub(super) struct BuiltPage<'a> {
    before: &'a str,
    after: &'a str,
    /// Its data.
    pub(super) blocks: Vec<PageBlock>,
}

impl<'a> BuiltPage<'a> {
    /// Reads a page: its policy lists its scripts and its style, its app script knows its engines, its manifest its data.
    ///
    /// # Errors
    /// [`PageError`] where any of that is not so.
    pub(super) fn read(text: &'a str) -> Result<Self, PageError> {
        let (before, data, after) = parts(text)?;
        let elements: Vec<Element> = data
            .lines()
            .map(Element::read)
            .collect::<Option<_>>()
            .ok_or_else(|| PageError::Changed("a data block has another form".to_owned()))?;
        let manifest = elements.first().map_or("", |first| first.text);
        let blocks = listed(manifest)?;
        whole(before, after)?;
        fitting(&blocks, elements.get(1..).unwrap_or_default())?;
        Ok(Self { before, after, blocks })
    }

    /// The page with other data.
    pub(super) fn with(&self, data: &str) -> String {
        [self.before, data, self.after].concat()
    }

    /// SHA-256 of all that is not data: the same before and after.
    pub(super) fn frame_sha256(&self) -> String {
        sha256_hex([self.before, self.after].join("\n").as_bytes())
    }
}

const MANIFEST: &str =
    r#"<script type="application/json" data-block="manifest" data-id="manifest">"#;

/// What stands before the data blocks, they themselves, and what stands after them.
fn parts(text: &str) -> Result<(&str, &str, &str), PageError> {
    let not_ours = |why: &str| PageError::NotOurs(why.to_owned());
    if !text.starts_with("<!doctype html>\n") {
        return Err(not_ours("it does not begin as one"));
    }
    let at = text.find(MANIFEST).ok_or_else(|| not_ours("it holds no list of its data"))?;
    let (before, rest) = text.split_at(at);
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if Element::read(line.trim_end_matches('\n')).is_none() {
            break;
        }
        end += line.len();
    }
    let (data, after) = rest.split_at(end.saturating_sub(1));
    // No script of the page holds “<script”: xtask/src/shell.rs refuses it.
    let stray = ["<script type=\"application/json\"", "<script type=\"text/plain\" data-block="];
    let is_in = |part: &str| stray.iter().any(|element| part.contains(element));
    if is_in(before) || is_in(after) || after.is_empty() {
        return Err(PageError::Changed("its data does not stand in one place".to_owned()));
    }
    Ok((before, data, after))
}

/// A line that is one data block.
struct Element<'a> {
    is_packed: bool,
    kind: &'a str,
    id: &'a str,
    text: &'a str,
}

impl<'a> Element<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix("<script type=\"")?;
        let (media_type, rest) = rest.split_once("\" data-block=\"")?;
        let (kind, rest) = rest.split_once("\" data-id=\"")?;
        let (id, rest) = rest.split_once("\">")?;
        let text = rest.strip_suffix("</script>")?;
        let is_packed = match media_type {
            "application/json" => false,
            "text/plain" => true,
            _ => return None,
        };
        (!text.contains('<')).then_some(Self { is_packed, kind, id, text })
    }

    /// The document, in canonical JSON.
    fn json(&self) -> Option<Vec<u8>> {
        if self.is_packed { unpacked(self.text) } else { Some(unescaped(self.text).into_bytes()) }
    }
}

/// Takes back what `blocks` does to a `<`. A backslash that is escaped begins no escape.
fn unescaped(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        json.push_str(plain);
        if let Some(after) = escape.strip_prefix("u003c") {
            json.push('<');
            rest = after;
        } else {
            json.push('\\');
            let letter = escape.chars().next().map_or(0, char::len_utf8);
            let (escaped, after) = escape.split_at(letter);
            json.push_str(escaped);
            rest = after;
        }
    }
    json.push_str(rest);
    json
}

/// base64 of gzip → what is in it.
fn unpacked(text: &str) -> Option<Vec<u8>> {
    inflated(&Base64::decode_vec(text.trim()).ok()?)
}

/// gzip → what is in it.
fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).take(MOST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What the manifest lists; its version is this program's.
fn listed(manifest: &str) -> Result<Vec<PageBlock>, PageError> {
    let not_ours = || PageError::NotOurs("the list of its data cannot be read".to_owned());
    let value = json::read(manifest.as_bytes()).map_err(|_| not_ours())?;
    let text = |value: &json::Value, name: &str| {
        value.get(name).and_then(json::Value::as_str).map(str::to_owned)
    };
    if text(&value, "format").as_deref() != Some("ia-manifest/1") {
        return Err(not_ours());
    }
    let version = text(&value, "version").unwrap_or_default();
    if version != VERSION {
        return Err(PageError::OtherVersion(version));
    }
    let blocks = value.get("blocks").and_then(json::Value::as_array).ok_or_else(not_ours)?;
    let block = |one: &json::Value| {
        let (kind, id, sha256) = (text(one, "kind")?, text(one, "id")?, text(one, "sha256")?);
        Some(PageBlock { kind, id, sha256 })
    };
    blocks.iter().map(block).collect::<Option<_>>().ok_or_else(not_ours)
}

/// That the policy lists the page's scripts and style and no others, and the app script the engines.
fn whole(before: &str, after: &str) -> Result<(), PageError> {
    let changed = |what: &str| PageError::Changed(format!("{what} is not what it was built with"));
    let policy = between(before, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">");
    let policy = policy.ok_or_else(|| PageError::NotOurs("it has no policy".to_owned()))?;
    if before.contains("<link rel=\"stylesheet\"") {
        return Err(PageError::NotOurs("it is the page of a folder".to_owned()));
    }
    let style = between(before, "<style>", "</style>").ok_or_else(|| changed("its style"))?;
    let first =
        between(before, "<script>", "</script>").ok_or_else(|| changed("its first script"))?;
    let app = between(after, "<script>", "</script>").ok_or_else(|| changed("its script"))?;
    let mut packed = Vec::new();
    for id in ENGINES {
        let begins = format!("<script type=\"text/plain\" id=\"{id}\">");
        let text = between(after, &begins, "</script>").ok_or_else(|| changed("an engine"))?;
        let bytes = base85::decode(text).map_err(|_| changed("an engine"))?;
        if !app.contains(&sha256_hex(&bytes)) {
            return Err(changed("an engine"));
        }
        packed.push(bytes);
    }
    let second =
        packed.pop().and_then(|packed| inflated(&packed)).ok_or_else(|| changed("an engine"))?;
    let scripts = [first.as_bytes(), app.as_bytes(), &second].map(source).join(" ");
    let said = [
        format!("; script-src {scripts} 'wasm-unsafe-eval';"),
        format!("; style-src {};", source(style.as_bytes())),
    ];
    if said.iter().any(|directive| !policy.contains(&attribute(directive))) {
        return Err(changed("a script or the style"));
    }
    let scripts = [before, after].map(|part| part.matches("<script").count());
    if scripts != [1, 1 + ENGINES.len()] {
        return Err(changed("the number of scripts"));
    }
    Ok(())
}

/// A hash as a policy writes it (CSP Level 3, section 2.3.1).
fn source(text: &[u8]) -> String {
    format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(text)))
}

/// What stands between two texts, of which the first stands once.
fn between<'a>(text: &'a str, begins: &str, ends: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begins)?;
    (!rest.contains(begins)).then_some(())?;
    Some(rest.split_once(ends)?.0)
}

/// That each block of the page is the one of the manifest, in the same order, and none is left out.
fn fitting(blocks: &[PageBlock], elements: &[Element<'_>]) -> Result<(), PageError> {
    if blocks.len() != elements.len() {
        return Err(PageError::Changed("its data is not what its list says".to_owned()));
    }
    for (block, element) in blocks.iter().zip(elements) {
        let hash = element.json().map(|json| sha256_hex(&json));
        let is_it = block.kind == element.kind && block.id == element.id;
        if !is_it || hash.as_ref() != Some(&block.sha256) {
            let (kind, id) = (element.kind, element.id);
            return Err(PageError::Changed(format!("its {kind} “{id}” is not what its list says")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::blocks;
    use crate::collection::{Document, DocumentKind};
    use flate2::{Compression, GzBuilder};
    use std::io::Write as _;

    fn gz(text: &str) -> Vec<u8> {
        let mut encoder = GzBuilder::new().write(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn documents() -> Vec<Document> {
        let one = |kind, id: &str, json: &str| Document { kind, id: id.into(), json: json.into() };
        vec![
            one(DocumentKind::Collection, "c", r#"{"a":"<p> \\u003c \" \u001f"}"#),
            one(DocumentKind::Template, "t", r#"{"b":"<"}"#),
        ]
    }

    /// A page in the form of xtask/src/page.rs; `tests/browser/publish.test.mjs` reads a real one.
    fn page() -> String {
        let engines = ["one", "two", "let c=3"].map(gz);
        let known: Vec<String> = engines.iter().map(|bytes| sha256_hex(bytes)).collect();
        let app = format!("let b=\"{}\"", known.join(" "));
        let hashes = ["var a=1", &app, "let c=3"].map(|text| source(text.as_bytes())).join(" ");
        let inert: Vec<String> = ENGINES
            .iter()
            .zip(&engines)
            .map(|(id, it)| {
                let text = base85::encode(it);
                format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>")
            })
            .collect();
        format!(
            "<!doctype html>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {hashes} \
             'wasm-unsafe-eval'; style-src {}; img-src data:\"><style>p{{}}</style><script>var a=1</script>\n{}\n{}\n\
             <script>{app}</script>\n",
            source(b"p{}"),
            blocks::whole(&documents()).unwrap(),
            inert.join("\n"),
        )
    }

    #[test]
    fn a_page_is_read_and_put_together_again() {
        let text = page();
        let page = BuiltPage::read(&text).unwrap();
        let ids: Vec<&str> = page.blocks.iter().map(|block| block.id.as_str()).collect();
        assert_eq!(ids, ["c", "t"]);
        assert_eq!(page.with(&blocks::whole(&documents()).unwrap()), text);
        let other = page.with(&blocks::whole(&documents()[..1]).unwrap());
        assert_eq!(BuiltPage::read(&other).unwrap().frame_sha256(), page.frame_sha256());
    }

    #[test]
    fn a_page_with_any_part_changed_is_refused() {
        for (from, to) in [
            ("var a=1", "var a=2"),
            ("let b=", "let d="),
            ("p{}", "q{}"),
            ("id=\"engine\">ABzY8", "id=\"engine\">ABzY9"),
            ("id=\"second-engine\">ABzY8", "id=\"second-engine\">ABzY9"),
            ("{\"a\":\"\\u003cp>", "{\"a\":\"\\u003cq>"),
            ("data-id=\"t\">H4sI", "data-id=\"t\">H4sJ"),
            ("data-id=\"c\"", "data-id=\"d\""),
            ("</style>", "</style><script>var e=5</script>"),
            ("</style>", "</style><script src=\"x.js\"></script>"),
            ("data-block=\"template\"", "data-block=\"plan\""),
            ("'wasm-unsafe-eval'", "'unsafe-inline'"),
        ] {
            let text = page();
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            let found = BuiltPage::read(&changed).unwrap_err();
            assert!(matches!(found, PageError::Changed(_)), "{from}: {found}");
        }
    }

    #[test]
    fn other_files_and_other_versions_are_told_apart() {
        for text in ["", "<p>", "<!doctype html>\n<p>A page of somebody else"] {
            assert!(matches!(BuiltPage::read(text), Err(PageError::NotOurs(_))), "{text}");
        }
        let other = page().replace(&format!("\"version\":\"{VERSION}\""), "\"version\":\"0.0.9\"");
        assert_eq!(
            BuiltPage::read(&other).unwrap_err(),
            PageError::OtherVersion("0.0.9".to_owned())
        );
    }

    #[test]
    fn what_a_block_does_to_its_text_is_taken_back() {
        for json in [r#""<""#, r#""\\u003c""#, r#""\\\\<\"\n""#, r#""é<\\<""#] {
            let escaped = json.replace('<', "\\u003c");
            assert_eq!(unescaped(&escaped), json);
        }
        assert_eq!(unescaped("\\"), "\\");
    }
}
