//! The second engines: the same core as plain script, translated from each engine's own file by wasm2js, for browsers that
//! do not allow WebAssembly.
//!
//! Where the translation means something else than WebAssembly does, its text is patched. A patch that does not find its
//! place fails the build: a new translator has to be looked at, not trusted.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::encode::{gzip_dense, sha256_hex};
use crate::engine::{Engine, FEATURES};
use crate::stale::Inputs;
use crate::tool::{npm_program, output};
use crate::workspace::{Workspace, read, read_text, write};

/// A second engine as the pages carry it.
pub(crate) struct Second {
    /// What its file is called, before the hash.
    file: &'static str,
    /// A classic script that sets a global name to a function, which makes an engine out of its imports.
    pub(crate) script: String,
    /// The script in gzip, which the page that is one file carries in 85 letters, if it carries it.
    pub(crate) packed: Vec<u8>,
    /// SHA-256 of `script`, in hexadecimal.
    pub(crate) sha256: String,
    /// SHA-256 of `packed`.
    pub(crate) packed_sha256: String,
}

impl Second {
    /// The name of its file in the folder: by hash, so that no page ever gets the engine of another version.
    pub(crate) fn file_name(&self) -> String {
        let hash: String = self.sha256.chars().take(12).collect();
        format!("{}-{hash}.js", self.file)
    }

    pub(crate) fn of(file: &'static str, script: String, packed: Vec<u8>) -> Self {
        let (sha256, packed_sha256) = (sha256_hex(script.as_bytes()), sha256_hex(&packed));
        Self { file, script, packed, sha256, packed_sha256 }
    }
}

/// Which engine is translated.
pub(crate) struct Which {
    /// Its folder of work, and what its file is called.
    name: &'static str,
    /// What surrounds the function in the script. `www/second.js` finds it there, so that it can tell the text it was from the
    /// function itself.
    begins: &'static str,
}

/// The page's engine.
pub(crate) const PAGE: Which = Which { name: "second", begins: "globalThis.iaReturnsSecond=" };
/// The engine of the approver's page. Its script sets the same name: no page has both.
pub(crate) const APPROVE: Which =
    Which { name: "second-approve", begins: "globalThis.iaReturnsSecond=" };
/// The engine of the collator's page.
pub(crate) const COLLATE: Which =
    Which { name: "second-collate", begins: "globalThis.iaReturnsSecond=" };
/// The engine of kept keys: for the folder alone, since the page that is one file has no room for it.
pub(crate) const KEYS: Which =
    Which { name: "second-keys", begins: "globalThis.iaReturnsSecondKeys=" };

/// A piece of text that stands exactly once, and what must stand there instead.
pub(crate) struct Patch {
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

const PATCHES: [Patch; 3] = [
    // Memory that cannot grow is −1 in WebAssembly, for the allocator to see. The translation would say that it has grown,
    // or throw from inside the allocator.
    Patch {
        from: "  var newPages = oldPages + pagesToAdd | 0;
  if ((oldPages < newPages) && (newPages < 65536)) {
   var newBuffer = new ArrayBuffer(newPages << 16);",
        to: "  var newPages = oldPages + pagesToAdd | 0;
  if (newPages < oldPages || newPages >= 65536) return -1;
  if (oldPages < newPages) {
   try { var newBuffer = new ArrayBuffer(newPages * 65536); } catch (full) { return -1; }",
    },
    // It is no module: what it needs is handed to it.
    Patch { from: "import * as $_ia_returns_bg_js from './ia_returns_bg.js';", to: "" },
    Patch { from: "\nfunction asmFunc(imports) {", to: "\nreturn function (imports) {" },
];

/// What follows the engine in the translation: it would run the engine at once, and export what it has.
const TAIL: &str = "\nvar retasmFunc = asmFunc(";

/// Translates the engine if it changed.
///
/// # Errors
///
/// When a tool is missing or fails, or a patch does not find its place.
pub(crate) fn build(workspace: &Workspace, engine: &Engine, which: &Which) -> Result<Second> {
    let folder = workspace.work.join(which.name);
    let (script, packed) = (folder.join("second.js"), folder.join("second.js.gz"));
    let stamp = Inputs::default()
        .bytes("engine", &engine.wasm)
        .bytes("features", FEATURES.concat().as_bytes())
        .file(&workspace.path("xtask/src/second.rs"))?
        .file(&workspace.path("package-lock.json"))?
        .stamp(workspace, which.name);
    if !stamp.is_fresh(&[&script, &packed]) {
        println!("{}: translating", which.name);
        let text = translate(workspace, engine, which, &folder)?;
        write(&packed, &gzip_dense(text.as_bytes())?)?;
        write(&script, text.as_bytes())?;
        stamp.record()?;
    }
    Ok(Second::of(which.name, read_text(&script)?, read(&packed)?))
}

fn translate(
    workspace: &Workspace,
    engine: &Engine,
    which: &Which,
    folder: &Path,
) -> Result<String> {
    let translated = folder.join("translated.js");
    write(&translated, b"")?;
    let mut wasm2js = npm_program(workspace, "wasm2js");
    wasm2js.arg(&engine.file).args(FEATURES).args(["-Oz", "-o"]).arg(&translated);
    output(&mut wasm2js).context("translate the engine with wasm2js")?;
    let wrapped = folder.join("wrapped.js");
    write(&wrapped, wrap(&read_text(&translated)?, which)?.as_bytes())?;
    let mut esbuild = npm_program(workspace, "esbuild");
    esbuild.arg(&wrapped).args(["--minify", "--charset=ascii", "--target=es2020"]);
    let script = output(&mut esbuild).context("shorten the second engine with esbuild")?;
    finish(&script, which)
}

/// The translation as one function, which gives the function that makes an engine.
fn wrap(translated: &str, which: &Which) -> Result<String> {
    let (engine, _) = translated
        .split_once(TAIL)
        .with_context(|| format!("wasm2js writes “{}” no more", TAIL.trim()))?;
    let engine = patch(engine, &PATCHES).context("patch what wasm2js wrote")?;
    Ok(format!("{}() => {{\n{engine}\n}};\n", which.begins))
}

fn finish(script: &str, which: &Which) -> Result<String> {
    let script = script.trim();
    if !script.starts_with(which.begins) || !script.ends_with("};") || !script.is_ascii() {
        bail!("the second engine is no plain script of one function");
    }
    Ok(script.to_owned())
}

/// Applies every patch.
///
/// # Errors
///
/// When what a patch replaces does not stand there exactly once.
pub(crate) fn patch(text: &str, patches: &[Patch]) -> Result<String> {
    let mut text = text.to_owned();
    for Patch { from, to } in patches {
        let found = text.matches(from).count();
        if found != 1 {
            bail!("what must be patched stands there {found} times, not once:\n{from}");
        }
        text = text.replacen(from, to, 1);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: [Patch; 1] = [Patch { from: "old", to: "new" }];

    #[test]
    fn a_patch_whose_place_is_gone_or_not_the_only_one_fails_the_build() {
        assert_eq!(patch("an old text", &PATCH).unwrap(), "an new text");
        assert!(patch("a text", &PATCH).is_err());
        assert!(patch("old and old", &PATCH).is_err());
    }

    #[test]
    fn what_the_translator_writes_becomes_a_function_and_nothing_else_is_taken() {
        let growth = PATCHES[0].from;
        let text = format!(
            "import * as $_ia_returns_bg_js from './ia_returns_bg.js';\nvar a;\nfunction asmFunc(imports) {{\n\
             {growth} }}\n}}\n\nvar retasmFunc = asmFunc({{\n}});\nexport var memory = retasmFunc.memory;\n"
        );
        let wrapped = wrap(&text, &PAGE).unwrap();
        assert!(wrapped.contains("return function (imports) {") && wrapped.contains("return -1"));
        assert!(!wrapped.contains("import *") && !wrapped.contains("export "));
        assert!(wrap(&text.replace("65536", "65537"), &PAGE).is_err(), "growth has changed");
        assert!(wrap(&text.replace("var retasmFunc", "let retasmFunc"), &PAGE).is_err());
    }

    #[test]
    fn a_script_that_is_more_than_one_function_is_refused() {
        assert!(finish("globalThis.iaReturnsSecond=()=>{};\n", &PAGE).is_ok());
        assert!(finish("globalThis.iaReturnsSecond=()=>{};\n", &KEYS).is_err());
        assert!(finish("var a;globalThis.iaReturnsSecond=()=>{};", &PAGE).is_err());
        assert!(finish("globalThis.iaReturnsSecond=()=>{\"\u{e9}\"};", &PAGE).is_err());
    }
}
