//! What is inside what is given out: `CONTENTS.md` for people, `sbom.cdx.json` (`CycloneDX` 1.5) for programs.
//!
//! Written here, from what cargo says of its own build and from the lock files: the tools for it write times and random numbers into
//! what they make, and know nothing of what the pages take from npm.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use ia_returns::cli::blocks::VERSION;
use ia_returns::json::{Value, indented, object};

use crate::tool::{cargo, output};
use crate::workspace::{Workspace, read_text, write as write_file};

/// A part of the whole that is given out, and how cargo builds what is in it.
struct Part {
    name: &'static str,
    /// Above its column.
    heading: &'static str,
    what: &'static str,
    target: &'static str,
    features: &'static [&'static str],
    /// npm packages of which something is in it; the others are tools.
    npm: &'static [&'static str],
}

const WASM: &str = "wasm32-unknown-unknown";
const LINUX: &str = "cli/ia-returns-linux-x86_64";
const WINDOWS: &str = "cli/ia-returns-windows-x86_64.exe";
const PARTS: [Part; 7] = [
    Part {
        name: "return.html",
        heading: "Return",
        what: "the page for whoever sends a return, as one file",
        target: WASM,
        features: &["", "keys"],
        npm: &["idb", "nhsuk-frontend"],
    },
    Part {
        name: "approve.html",
        heading: "Approve",
        what: "the page for whoever signs a return off, as one file",
        target: WASM,
        features: &["approve"],
        npm: &["nhsuk-frontend"],
    },
    Part {
        name: "collate.html",
        heading: "Collate",
        what: "the page for whoever collates returns, as one file",
        target: WASM,
        features: &["collate"],
        npm: &["nhsuk-frontend"],
    },
    Part {
        name: "site/",
        heading: "Site",
        what: "the same pages as a folder to host",
        target: WASM,
        features: &["", "keys", "approve", "collate"],
        npm: &["idb", "nhsuk-frontend"],
    },
    Part {
        name: "module/",
        heading: "Module",
        what: "the checker as an ES module package",
        target: WASM,
        features: &["module"],
        npm: &[],
    },
    Part {
        name: LINUX,
        heading: "Linux",
        what: "the command line for Linux, static",
        target: "x86_64-unknown-linux-musl",
        features: &[""],
        npm: &[],
    },
    Part {
        name: WINDOWS,
        heading: "Windows",
        what: "the command line for Windows",
        target: "x86_64-pc-windows-gnu",
        features: &[""],
        npm: &[],
    },
];

/// Something of others.
struct Component {
    licence: String,
    purl: String,
    sha256: Option<String>,
    parts: Vec<&'static str>,
}

/// By name and version.
type Components = BTreeMap<(String, String), Component>;

/// Writes both.
///
/// # Errors
///
/// When cargo does not say what it builds from, or a lock file has another form.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let components = components(workspace)?;
    let folder = workspace.path("pkg");
    write_file(&folder.join("sbom.cdx.json"), sbom(&components).as_bytes())?;
    write_file(&folder.join("CONTENTS.md"), page(workspace, &components).as_bytes())?;
    println!("written: {0}/CONTENTS.md and {0}/sbom.cdx.json", folder.display());
    Ok(())
}

fn components(workspace: &Workspace) -> Result<Components> {
    let mut all = Components::new();
    let sums = checksums(&read_text(&workspace.path("Cargo.lock"))?);
    let rust = rust_version(workspace)?;
    for part in &PARTS {
        for features in part.features {
            for (name, version, licence) in crates(workspace, part.target, features)? {
                let purl = format!("pkg:cargo/{name}@{version}");
                let sha256 = sums.get(&(name.clone(), version.clone())).cloned();
                add(&mut all, (name, version), part.name, || Component {
                    licence,
                    purl,
                    sha256,
                    parts: Vec::new(),
                });
            }
        }
        let std = ("Rust standard library".to_owned(), rust.clone());
        let purl = format!("pkg:generic/rust-std@{rust}");
        add(&mut all, std, part.name, || plain("MIT OR Apache-2.0", purl));
        for (name, version, licence) in
            packages(&read_text(&workspace.path("package-lock.json"))?, part.npm)?
        {
            let purl = format!("pkg:npm/{name}@{version}");
            add(&mut all, (name, version), part.name, || plain(&licence, purl));
        }
    }
    let own = |name: &str| (name.to_owned(), rust.clone());
    let purl = |name: &str| format!("pkg:generic/{name}?distribution=rust-{rust}");
    add(&mut all, own("musl libc, as Rust carries it"), LINUX, || plain("MIT", purl("musl")));
    add(&mut all, own("mingw-w64 runtime, as Rust carries it"), WINDOWS, || {
        plain("ZPL-2.1", purl("mingw-w64"))
    });
    Ok(all)
}

fn plain(licence: &str, purl: String) -> Component {
    Component { licence: licence.to_owned(), purl, sha256: None, parts: Vec::new() }
}

fn add(
    all: &mut Components,
    key: (String, String),
    part: &'static str,
    make: impl FnOnce() -> Component,
) {
    let component = all.entry(key).or_insert_with(make);
    if !component.parts.contains(&part) {
        component.parts.push(part);
    }
}

fn rust_version(workspace: &Workspace) -> Result<String> {
    let text = output(cargo(workspace).arg("--version"))?;
    text.split(' ').nth(1).map(|version| version.trim().to_owned()).context("the version of Rust")
}

/// The crates that are compiled in: name, version, licence. Macros and build scripts run at build time and are not inside.
fn crates(
    workspace: &Workspace,
    target: &str,
    features: &str,
) -> Result<Vec<(String, String, String)>> {
    let mut tree = cargo(workspace);
    tree.args([
        "tree",
        "--locked",
        "--package",
        "ia-returns",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
    ]);
    tree.args(["--format", "{p}|{l}", "--target", target, "--features", features]);
    let text = output(&mut tree).context("ask cargo what is compiled in")?;
    Ok(text.lines().filter_map(line).filter(|(name, ..)| name != "ia-returns").collect())
}

/// Reads `sha2 v0.11.1|MIT OR Apache-2.0`, with ` (*)` behind it where it came before.
fn line(line: &str) -> Option<(String, String, String)> {
    let (package, licence) = line.split_once('|')?;
    let (name, rest) = package.split_once(" v")?;
    let version = rest.split(' ').next()?;
    let licence = licence.trim_end_matches(" (*)").replace('/', " OR ");
    Some((name.to_owned(), version.to_owned(), licence))
}

/// SHA-256 of each crate as it was fetched, from Cargo.lock.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{name} = \"")))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let one = |block: &str| {
        Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?))
    };
    lock.split("[[package]]").filter_map(one).collect()
}

/// npm packages by name, from package-lock.json: each entry is a block of lines.
fn packages(lock: &str, names: &[&str]) -> Result<Vec<(String, String, String)>> {
    let one = |name: &str| {
        let (_, rest) = lock.split_once(&format!("\"node_modules/{name}\": {{"))?;
        let (block, _) = rest.split_once("\n    }")?;
        let value = |member: &str| {
            let (_, rest) = block.split_once(&format!("\"{member}\": \""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        Some((name.to_owned(), value("version")?, value("license")?))
    };
    let found = names.iter().map(|name| one(name)).collect::<Option<_>>();
    found.context("package-lock.json does not name what is inside the pages")
}

fn sbom(components: &Components) -> String {
    let text = |text: &str| Value::from(text);
    let licence = |licence: &str| Value::from(vec![object(&mut [("expression", text(licence))])]);
    let one = |((name, version), component): (&(String, String), &Component)| {
        let parts: Vec<Value> = component
            .parts
            .iter()
            .map(|part| object(&mut [("name", text("ia-returns:part")), ("value", text(part))]))
            .collect();
        let mut members = vec![
            ("bom-ref", text(&component.purl)),
            ("licenses", licence(&component.licence)),
            ("name", text(name)),
            ("properties", parts.into()),
            ("purl", text(&component.purl)),
            ("type", text("library")),
            ("version", text(version)),
        ];
        if let Some(sha256) = &component.sha256 {
            let hash = object(&mut [("alg", text("SHA-256")), ("content", text(sha256))]);
            members.push(("hashes", vec![hash].into()));
        }
        object(&mut members)
    };
    let own = format!("pkg:generic/ia-returns@{VERSION}");
    let whole = object(&mut [
        ("bom-ref", text(&own)),
        ("licenses", licence("MIT")),
        ("name", text("ia-returns")),
        ("purl", text(&own)),
        ("type", text("application")),
        ("version", text(VERSION)),
    ]);
    indented(&object(&mut [
        ("bomFormat", text("CycloneDX")),
        ("components", components.iter().map(one).collect()),
        ("metadata", object(&mut [("component", whole)])),
        ("specVersion", text("1.5")),
        ("version", 1.into()),
    ]))
}

fn page(workspace: &Workspace, components: &Components) -> String {
    let mut text = format!(
        "# What is inside ia-returns {VERSION}\n\nia-returns itself is under the MIT licence (`module/LICENSE`). The organisation lists in \
         each part contain information from NHS England and the NHS Organisation Data Service, licensed under the Open Government \
         Licence v3.0. The same list for programs: `sbom.cdx.json` (CycloneDX). Hashes of all files: `SHA256SUMS`, checked with `sha256sum \
         --check SHA256SUMS`, or one file with `certutil -hashfile FILE SHA256`.\n\n| Part | What it is | Bytes |\n| --- | --- | --- |\n"
    );
    for part in &PARTS {
        let bytes =
            fs::metadata(workspace.path("pkg").join(part.name)).ok().filter(fs::Metadata::is_file);
        let bytes = bytes.map_or_else(String::new, |it| it.len().to_string());
        let row = ["| `", part.name, "` | ", part.what, " | ", &bytes, " |\n"];
        text.push_str(&row.concat());
    }
    let headings = PARTS.map(|part| part.heading).join(" | ");
    let rule = " --- |".repeat(PARTS.len());
    text.push_str(
        &[
            "\n| What is inside it | Version | Licence | ",
            &headings,
            " |\n| --- | --- | --- |",
            &rule,
            "\n",
        ]
        .concat(),
    );
    for ((name, version), component) in components {
        let marks = PARTS
            .iter()
            .map(|part| if component.parts.contains(&part.name) { "yes |" } else { " |" });
        let marks: Vec<&str> = marks.collect();
        let row =
            ["| ", name, " | ", version, " | ", &component.licence, " | ", &marks.join(" "), "\n"];
        text.push_str(&row.concat());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_is_a_crate() {
        let sha2 = ("sha2".to_owned(), "0.11.1".to_owned(), "MIT OR Apache-2.0".to_owned());
        assert_eq!(line("sha2 v0.11.1|MIT/Apache-2.0"), Some(sha2.clone()));
        assert_eq!(line("sha2 v0.11.1|MIT OR Apache-2.0 (*)"), Some(sha2));
        assert_eq!(line("ia-returns v0.1.0 (/somewhere)|MIT").unwrap().1, "0.1.0");
        assert_eq!(line(""), None);
    }

    #[test]
    fn checksums_are_those_of_the_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1\"\nchecksum = \"0f\"\n\n[[package]]\nname = \"b\"\nversion = \"2\"\n";
        let found = checksums(lock);
        assert_eq!(found.get(&("a".into(), "1".into())).map(String::as_str), Some("0f"));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn the_sbom_is_of_one_form_and_has_no_time() {
        let mut all = Components::new();
        add(&mut all, ("a".into(), "1".into()), "module/", || plain("MIT", "pkg:cargo/a@1".into()));
        let text = sbom(&all);
        let read = ia_returns::json::read(text.as_bytes()).unwrap();
        assert_eq!(read["components"][0]["licenses"][0]["expression"], "MIT");
        assert!(!text.contains("timestamp") && !text.contains("serialNumber"));
    }
}
