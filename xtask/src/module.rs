//! `pkg/module`: the checker as an ES module package, for pages and programs of others.

use anyhow::{Context, Result, bail};
use ia_returns::cli::blocks::VERSION;
use ia_returns::collection::Document;

use crate::encode::base64;
use crate::engine::{self, Engine};
use crate::workspace::{Workspace, entries, read, read_text, write};

/// Builds the package.
///
/// # Errors
///
/// When the engine does not compile, or a file cannot be written.
pub(crate) fn build(workspace: &Workspace, documents: &[Document]) -> Result<()> {
    let engine = engine::build(workspace, &engine::MODULE)?;
    let folder = workspace.path("pkg/module");
    for (name, text) in files(workspace, &engine, documents)? {
        write(&folder.join(name), text.as_bytes())?;
    }
    println!("written: {}", folder.display());
    Ok(())
}

fn files(
    workspace: &Workspace,
    engine: &Engine,
    documents: &[Document],
) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in entries(&workspace.path("www/module"))? {
        let name = path.file_name().and_then(|name| name.to_str()).context("a name")?;
        files.push((name.to_owned(), read_text(&path)?));
    }
    files.push(("LICENSE".to_owned(), read_text(&workspace.path("LICENSE"))?));
    files.push(("data.js".to_owned(), data(documents)));
    let wasm = base64(&read(&engine.file)?);
    files.push(("engine.js".to_owned(), format!("export default \"{wasm}\";\n")));
    files.push(("glue.js".to_owned(), glue(&read_text(&engine.glue)?)?));
    files.push(("package.json".to_owned(), package()));
    Ok(files)
}

/// The documents as JavaScript. JSON is JavaScript, and so is a text of JSON in it.
fn data(documents: &[Document]) -> String {
    let text = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let one = |document: &Document| {
        let Document { kind, id, json } = document;
        format!("  {{ kind: {}, id: {}, json: {} }},\n", text(kind.word()), text(id), text(json))
    };
    format!("export default [\n{}];\n", documents.iter().map(one).collect::<String>())
}

/// The glue, which is told of its engine by `index.js` and imports nothing.
fn glue(text: &str) -> Result<String> {
    if text.contains("import ") || text.contains("BigInt") {
        bail!("the glue of the module imports something, or has 64-bit integers at the border");
    }
    Ok(text.to_owned())
}

fn package() -> String {
    format!(
        "{{\n  \"name\": \"ia-returns\",\n  \"version\": \"{VERSION}\",\n  \"description\": \"NHS industrial-action returns, checked, scored, \
         sealed and verified\",\n  \"license\": \"MIT\",\n  \"type\": \"module\",\n  \"main\": \"./index.js\",\n  \"types\": \"./index.d.ts\",\n  \
         \"exports\": {{ \".\": {{ \"types\": \"./index.d.ts\", \"default\": \"./index.js\" }} }},\n  \"sideEffects\": false,\n  \"engines\": \
         {{ \"node\": \">=20\" }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use ia_returns::collection::DocumentKind;

    use super::*;

    #[test]
    fn a_document_in_javascript_is_the_document() {
        let json = r#"{"a":"\"\\n"}"#.to_owned();
        let one = Document { kind: DocumentKind::Collection, id: "c".into(), json };
        let wanted = "export default [\n  { kind: \"collection\", id: \"c\", json: \"{\\\"a\\\":\\\"\\\\\\\"\\\\\\\\n\\\"}\" },\n];\n";
        assert_eq!(data(&[one]), wanted);
    }

    #[test]
    fn glue_with_wide_integers_is_refused() {
        assert!(glue("BigInt.asUintN(64, x)").is_err());
        assert!(glue("export function check() {}").is_ok());
    }
}
