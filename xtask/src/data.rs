//! The data of a page: documents, and how the two forms of a page carry them.
//!
//! Collections and expected lists stand in both, because the first step shows them. Templates with their plans, and
//! organisations, are needed once a collection is chosen: the one file carries them packed, the folder as scripts.

use anyhow::{Result, bail};

use crate::encode::{base64, gzip, sha256_hex};
use crate::shell::{attribute, json_in_script};

/// One document that the engine reads: canonical JSON, known by its kind and id.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// "collection", "expected", "organisations", "plan" or "template".
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) json: String,
}

impl Block {
    /// Whether the first step shows it.
    fn is_first(&self) -> bool {
        ["collection", "expected"].contains(&self.kind.as_str())
    }

    fn sha256(&self) -> String {
        sha256_hex(self.json.as_bytes())
    }

    /// The name of its script: by hash, so that no page ever gets the data of another version. `www/data.js` makes the
    /// same.
    fn file_name(&self) -> String {
        let hash: String = self.sha256().chars().take(12).collect();
        format!("{}-{}-{hash}.js", self.kind, self.id)
    }
}

/// The blocks of the folder's page: the manifest, and what the first step shows.
///
/// # Errors
///
/// When a name is not plain.
pub(crate) fn first(blocks: &[Block]) -> Result<String> {
    Ok(lines(manifest(blocks)?, blocks.iter().filter(|block| block.is_first()).map(plain)))
}

/// The blocks of the page that is one file: the manifest, what the first step shows, and the rest packed.
///
/// # Errors
///
/// When a name is not plain.
pub(crate) fn whole(blocks: &[Block]) -> Result<String> {
    let manifest = manifest(blocks)?;
    let mut elements = Vec::new();
    for block in blocks {
        elements.push(if block.is_first() { plain(block) } else { packed(block)? });
    }
    Ok(lines(manifest, elements.into_iter()))
}

/// The scripts of the folder, by name. A plan lies with its template, under whose hash it is known.
///
/// # Errors
///
/// When a name is not plain.
pub(crate) fn scripts(blocks: &[Block]) -> Result<Vec<(String, String)>> {
    manifest(blocks)?;
    let mut scripts = Vec::new();
    for block in blocks.iter().filter(|block| !block.is_first() && block.kind != "plan") {
        let of_it = |plan: &&Block| plan.kind == "plan" && plan.id == block.sha256();
        let calls: Vec<String> = blocks.iter().filter(of_it).chain([block]).map(give).collect();
        scripts.push((block.file_name(), calls.join("\n")));
    }
    Ok(scripts)
}

fn lines(manifest: String, elements: impl Iterator<Item = String>) -> String {
    std::iter::once(manifest).chain(elements).collect::<Vec<_>>().join("\n")
}

fn plain(block: &Block) -> String {
    element("application/json", &block.kind, &block.id, &json_in_script(&block.json))
}

fn packed(block: &Block) -> Result<String> {
    let text = base64(&gzip(block.json.as_bytes())?);
    Ok(element("text/plain", &block.kind, &block.id, &text))
}

fn element(media_type: &str, kind: &str, id: &str, text: &str) -> String {
    let (kind, id) = (attribute(kind), attribute(id));
    format!("<script type=\"{media_type}\" data-block=\"{kind}\" data-id=\"{id}\">{text}</script>")
}

/// A call that hands a document to the page. JSON in double quotes is a JavaScript text once its own quotes and
/// backslashes are escaped; it holds no line break (RFC 8785), and ES2019 takes the separators U+2028 and U+2029.
fn give(block: &Block) -> String {
    let text = block.json.replace('\\', "\\\\").replace('"', "\\\"");
    format!("iaReturns.give(\"{}\",\"{}\",\"{text}\");", block.kind, block.id)
}

/// `ia-manifest/1`, which lists the hashes of all documents, in canonical form. A hash is over the canonical JSON, not
/// over its form inside the page.
fn manifest(blocks: &[Block]) -> Result<String> {
    let mut entries = Vec::new();
    for block in blocks {
        let Block { kind, id, .. } = block;
        for name in [kind, id] {
            // Plain names need no escape, here or in an attribute or a file name.
            if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
                bail!("the name “{name}” may hold only letters, digits, “-”, “_” and “.”");
            }
        }
        let sha256 = block.sha256();
        entries.push(format!("{{\"id\":\"{id}\",\"kind\":\"{kind}\",\"sha256\":\"{sha256}\"}}"));
    }
    let json = format!("{{\"blocks\":[{}],\"format\":\"ia-manifest/1\"}}", entries.join(","));
    Ok(element("application/json", "manifest", "manifest", &json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: &str, id: &str, json: &str) -> Block {
        Block { kind: kind.into(), id: id.into(), json: json.into() }
    }

    #[test]
    fn a_block_that_ends_a_script_is_escaped_and_hashed_before_the_escape() {
        let json = r#"{"a":"</script><!--"}"#;
        let page = first(&[block("collection", "c-1", json)]).unwrap();
        assert!(page.contains(r#"{"a":"\u003c/script>\u003c!--"}"#));
        assert!(page.contains(&sha256_hex(json.as_bytes())));
    }

    #[test]
    fn the_folder_carries_at_first_only_what_the_first_step_shows() {
        let blocks = [block("collection", "c", "{}"), block("template", "t", "[1,2]")];
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
        let template = block("template", "t", r#"{"a":"\"\\n"}"#);
        let plan = block("plan", &template.sha256(), "\"1 \"");
        let scripts = scripts(&[template.clone(), plan]).unwrap();
        let [(name, text)] = scripts.as_slice() else { panic!("one script: {scripts:?}") };
        assert_eq!(*name, format!("template-t-{}.js", &template.sha256()[..12]));
        let (first, second) = text.split_once('\n').unwrap();
        assert_eq!(first, format!(r#"iaReturns.give("plan","{}","\"1 \"");"#, template.sha256()));
        assert_eq!(second, r#"iaReturns.give("template","t","{\"a\":\"\\\"\\\\n\"}");"#);
    }

    #[test]
    fn a_block_with_a_hostile_name_is_refused() {
        assert!(whole(&[block("collection", "\"><p", "{}")]).is_err());
        assert!(scripts(&[block("template", "../x", "{}")]).is_err());
    }
}
