//! The scripts: the first one, for browsers of any age, and the app script that starts the engine.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::engine::Engine;
use crate::second::Second;
use crate::stale::Inputs;
use crate::tool::{npm_program, output};
use crate::workspace::{Workspace, read_text, write};

/// What a page runs besides the engine; both are classic scripts, in ASCII.
pub(crate) struct Scripts {
    /// ES5: says a plain sentence when the other never starts.
    pub(crate) first: String,
    /// ES2020: unpacks the engine of the submitter's page, checks it and starts it.
    pub(crate) app: String,
    /// The same for the approver's page.
    pub(crate) approve: String,
    /// The same for the collator's page.
    pub(crate) collate: String,
    /// The front page's.
    pub(crate) index: String,
}

/// Bundles the scripts if their sources or the engine changed.
pub(crate) fn build(
    workspace: &Workspace,
    [engine, keys, approve, collate]: [&Engine; 4],
    [second, second_keys, second_approve, second_collate]: [&Second; 4],
    pictures: &str,
) -> Result<Scripts> {
    let first = workspace.work.join("first.js");
    let app = workspace.work.join("app.js");
    let approver = workspace.work.join("approve.js");
    let collator = workspace.work.join("collate.js");
    let looks = workspace.work.join("pictures.txt");
    let index = workspace.work.join("index.js");
    let mut inputs = Inputs::default()
        .file(&workspace.path("package-lock.json"))?
        .file(&workspace.path("xtask/src/script.rs"))?
        .file(&engine.glue)?
        .file(&keys.glue)?
        .file(&approve.glue)?
        .file(&collate.glue)?
        .bytes("engine", engine.packed_sha256.as_bytes())
        .bytes("keys", keys.packed_sha256.as_bytes())
        .bytes("approve", approve.packed_sha256.as_bytes())
        .bytes("collate", collate.packed_sha256.as_bytes())
        .bytes("pictures", pictures.as_bytes())
        .bytes("second-collate", second_collate.sha256.as_bytes())
        .bytes("second-approve", second_approve.sha256.as_bytes())
        .bytes("second", second.sha256.as_bytes())
        .bytes("second-keys", second_keys.sha256.as_bytes());
    for path in crate::workspace::entries(&workspace.path("www"))? {
        if path.extension().is_some_and(|extension| extension == "js") {
            inputs = inputs.file(&path)?;
        }
    }
    let stamp = inputs.stamp(workspace, "script");
    if !stamp.is_fresh(&[&first, &app, &approver, &collator, &index]) {
        write(&first, bundle(workspace, "www/first.js", "es5", &[])?.as_bytes())?;
        write(&index, bundle(workspace, "www/index.js", "es2020", &[])?.as_bytes())?;
        write(&looks, pictures.as_bytes())?;
        // All are told, not found: the glue lies outside the repository, and the hashes are known only now.
        let glue = |name: &str, it: &Engine| format!("--alias:{name}={}", it.glue.display());
        let hash = |name: &str, hash: &str| format!("--define:{name}=\"{hash}\"");
        for (entry, file, engine, second) in [
            ("www/boot.js", &app, engine, second),
            ("www/approve.js", &approver, approve, second_approve),
            ("www/collate.js", &collator, collate, second_collate),
        ] {
            let told = [
                format!("--alias:pictures={}", looks.display()),
                glue("engine-glue", engine),
                hash("ENGINE_SHA256", &engine.packed_sha256),
                glue("keys-glue", keys),
                hash("KEYS_SHA256", &keys.packed_sha256),
                hash("SECOND_FILE", &second.file_name()),
                hash("SECOND_SHA256", &second.sha256),
                hash("SECOND_PACKED_SHA256", &second.packed_sha256),
                hash("SECOND_KEYS_FILE", &second_keys.file_name()),
                hash("SECOND_KEYS_SHA256", &second_keys.sha256),
            ];
            let told = told.each_ref().map(String::as_str);
            write(file, bundle(workspace, entry, "es2020", &told)?.as_bytes())?;
        }
        stamp.record()?;
    }
    let [first, app, approve, collate, index] =
        [&first, &app, &approver, &collator, &index].map(|file| read_text(file));
    Ok(Scripts { first: first?, app: app?, approve: approve?, collate: collate?, index: index? })
}

/// One classic script: a module would not load from a folder opened as `file://`.
fn bundle(workspace: &Workspace, entry: &str, target: &str, more: &[&str]) -> Result<String> {
    let mut esbuild = npm_program(workspace, "esbuild");
    esbuild.arg(entry).args(["--bundle", "--format=iife", "--charset=ascii", "--minify"]);
    esbuild.args(["--legal-comments=none", "--log-level=warning"]).args(more);
    esbuild.arg(format!("--target={target}"));
    let script = output(&mut esbuild).with_context(|| format!("bundle {entry} with esbuild"))?;
    let script = script.trim().to_owned();
    if !script.is_ascii() {
        bail!("the script made from {} is not ASCII", Path::new(entry).display());
    }
    Ok(script)
}
