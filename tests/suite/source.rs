//! The sources keep the promises that no compiler checks: who may use whom, how long a file may be, where text
//! becomes markup, that nothing leads off the page, and how people are spoken to.
//!
//! Each promise is a function from a text to what is wrong with it; each has a test on a bad sample, so that a
//! promise that no longer looks is noticed.

mod code;
mod layers;

use code::{Parts, without_line_comments};
use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path from the top of the repository, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends in one of `endings`, in the order of their paths.
fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "{folder} holds no {endings:?}");
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, endings, found);
        } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Every complaint of `look` about every source, each with the path before it.
fn complaints(sources: &[Source], look: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    let said = |source: &Source| -> Vec<String> {
        look(source).into_iter().map(|what| format!("{}: {what}", source.path)).collect()
    };
    sources.iter().flat_map(said).collect()
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

// Who may use whom.

#[test]
fn a_module_uses_lower_layers_only() {
    let table = layers::table(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let sources = sources("src", &[".rs"]);
    for source in &sources {
        let module = layers::module(&source.path);
        assert!(
            module.is_none_or(|module| table.contains_key(module)),
            "{} is in no layer of the table in src/lib.rs",
            source.path
        );
    }
    assert_none(&complaints(&sources, |source| {
        layers::breaches(&table, layers::module(&source.path), &Parts::of(&source.text).code)
    }));
}

// How long a file may be.

const MOST_LINES: usize = 600;

fn too_long(text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let what = format!("{lines} lines; split it, {MOST_LINES} is the most");
    if lines > MOST_LINES { vec![what] } else { Vec::new() }
}

#[test]
fn no_file_is_too_long_to_read() {
    for folder in ["src", "tests", "www", "xtask"] {
        let endings = [".rs", ".js", ".mjs", ".html", ".scss", ".md"];
        assert_none(&complaints(&sources(folder, &endings), |source| too_long(&source.text)));
    }
}

#[test]
fn a_file_of_601_lines_is_noticed() {
    assert_eq!(too_long(&"x\n".repeat(600)).len(), 0);
    assert_eq!(too_long(&"x\n".repeat(601)).len(), 1);
}

// Where text becomes markup or code.

/// The one place that may turn text into markup.
const MARKUP_PLACE: &str = "www/html.js";

/// Ways to turn text into markup or into code, written without white space.
const MARKUP: [&str; 13] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "createContextualFragment",
    "createPolicy",
    "document.write",
    "PreEscaped",
    "eval(",
    "newFunction(",
    "js_sys::Function::new",
];

fn makes_markup(code: &str) -> Vec<String> {
    let code = dense(code);
    let used = MARKUP.iter().filter(|way| code.contains(**way));
    used.map(|way| format!("uses “{way}”; only {MARKUP_PLACE} may make markup")).collect()
}

fn dense(code: &str) -> String {
    code.split_whitespace().collect()
}

#[test]
fn text_becomes_markup_in_one_place_only() {
    let mut found =
        complaints(&sources("src", &[".rs"]), |s| makes_markup(&Parts::of(&s.text).code));
    let mut www = sources("www", &[".js", ".html"]);
    www.retain(|source| source.path != MARKUP_PLACE);
    found.extend(complaints(&www, |s| makes_markup(&without_line_comments(&s.text))));
    assert_none(&found);
    let place = fs::read_to_string(root().join(MARKUP_PLACE)).unwrap();
    assert_eq!(place.matches("createPolicy(").count(), 1, "{MARKUP_PLACE} makes the only policy");
    assert_eq!(place.matches("innerHTML").count(), 1, "{MARKUP_PLACE} sets markup once");
}

#[test]
fn markup_made_elsewhere_is_noticed() {
    assert_eq!(makes_markup("element . innerHTML = text;").len(), 1);
    assert_eq!(makes_markup("html! { (maud::PreEscaped(text)) }").len(), 1);
    assert_eq!(makes_markup("eval(text); new Function(text)").len(), 2);
    assert_eq!(makes_markup("trustedTypes.createPolicy('x', {})").len(), 1);
    assert!(makes_markup("element.textContent = text; evaluate(text)").is_empty());
}

// Nothing leads off the page.

/// Ways to make a browser leave the page, written without white space.
const NAVIGATION: [&str; 13] = [
    "location.href=",
    "location.assign",
    "location.replace",
    "location=",
    "window.open(",
    "location().assign",
    "location().replace",
    "location().set_href",
    "location.set_href",
    "open_with_url",
    "window().open(",
    "<base",
    "http-equiv=\"refresh\"",
];

fn navigates(code: &str) -> Vec<String> {
    // A comparison is not an assignment.
    let code = dense(code).replace("==", "≡");
    let used = NAVIGATION.iter().filter(|way| code.contains(**way));
    used.map(|way| format!("uses “{way}”; the page never leaves by itself")).collect()
}

fn leads_off(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let ways = ["://", "\"//", "'//", "mailto:", "target=\"_blank"];
    ways.iter()
        .filter(|way| lower.contains(**way))
        .map(|way| format!("holds “{way}”, a way off the page"))
        .collect()
}

#[test]
fn nothing_leads_off_the_page() {
    let mut found = complaints(&sources("src", &[".rs"]), |s| navigates(&Parts::of(&s.text).code));
    found.extend(complaints(&sources("src/page", &[".rs"]), |s| {
        leads_off(&Parts::of(&s.text).strings.join("\n"))
    }));
    found.extend(complaints(&sources("www", &[".js", ".html", ".scss"]), |s| {
        let text = without_line_comments(&s.text);
        [navigates(&text), leads_off(&text)].concat()
    }));
    assert_none(&found);
}

#[test]
fn a_way_off_the_page_is_noticed() {
    assert_eq!(navigates("window.location.href = there").len(), 1);
    assert_eq!(navigates("location = there").len(), 1);
    assert_eq!(navigates("window()\n    .location()\n    .assign(there)").len(), 1);
    assert!(navigates("if location == there {}").is_empty());
    assert_eq!(leads_off(r#"a href="https://example.org""#).len(), 1);
    assert_eq!(leads_off(r#"a href="//example.org""#).len(), 1);
    assert!(leads_off(r##"a href="#main-content""##).is_empty());
}

// How people are spoken to.

/// Words that the GOV.UK and NHS style guides keep out of what people read.
const BANNED: [&str; 4] = ["please", "invalid", "oops", "sorry"];

fn bad_words(text: &str) -> Vec<String> {
    // `aria-invalid` is a name of the standard, not a word for people.
    let text = text.to_lowercase().replace("aria-invalid", "");
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| BANNED.contains(word)).map(|word| format!("says “{word}”")).collect()
}

#[test]
fn people_are_told_what_to_do() {
    let mut found = complaints(&sources("src/page", &[".rs"]), |s| {
        bad_words(&Parts::of(&s.text).strings.join("\n"))
    });
    for folder in ["templates", "collections"] {
        found.extend(complaints(&sources(folder, &[".toml"]), |s| {
            let lines = s.text.lines().filter(|line| !line.trim_start().starts_with('#'));
            bad_words(&lines.collect::<Vec<_>>().join("\n"))
        }));
    }
    found.extend(complaints(&sources("www", &[".js", ".html"]), |s| {
        bad_words(&without_line_comments(&s.text))
    }));
    assert_none(&found);
}

#[test]
fn a_word_that_blames_or_begs_is_noticed() {
    assert_eq!(bad_words("Please enter a number"), ["says “please”"]);
    assert_eq!(bad_words("The number is invalid."), ["says “invalid”"]);
    assert!(bad_words("aria-invalid, pleased, invalidate").is_empty());
}

// What the pages wear.

/// The nhsuk-frontend components that a style takes and none of `users` names.
fn unused_components(style: &str, users: &[Source]) -> Vec<String> {
    let taken =
        style.split("nhsuk/components/").skip(1).filter_map(|after| after.split('"').next());
    let used = |name: &str| users.iter().any(|user| user.text.contains(&format!("nhsuk-{name}")));
    taken
        .filter(|name| !used(name))
        .map(|name| format!("takes “{name}”, which no page uses"))
        .collect()
}

#[test]
fn no_page_carries_the_style_of_a_component_it_has_not() {
    let mut users = sources("src/page", &[".rs"]);
    users.extend(sources("www", &[".html", ".js"]));
    let style = fs::read_to_string(root().join("www/style/main.scss")).unwrap();
    assert_none(&unused_components(&style, &users));
}

#[test]
fn an_unused_component_is_noticed() {
    let user = Source { path: String::new(), text: "class=\"nhsuk-tag\"".to_owned() };
    let style = "@use \"nhsuk/components/tag\"; @use \"nhsuk/components/tabs\";";
    assert_eq!(unused_components(style, &[user]), ["takes “tabs”, which no page uses"]);
}

// What the lock files promise.

#[test]
fn the_npm_lock_file_names_no_address() {
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "install again: .npmrc keeps addresses out");
    assert!(lock.contains("\"integrity\""), "the lock file must hold hashes");
}

#[test]
fn the_pinned_toolchain_is_the_version_promised() {
    let promised = code::quoted_after(include_str!("../../Cargo.toml"), "rust-version = ");
    let pinned = code::quoted_after(include_str!("../../rust-toolchain.toml"), "channel = ");
    assert!(pinned.starts_with(&format!("{promised}.")), "{promised} and {pinned}");
}

/// The design asks for no regular-expression engine in the page: it would be larger than all rules together, and slow
/// on hostile text.
#[test]
fn no_regular_expression_engine_is_in_the_page() {
    let tree = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "ia-returns",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--offline",
        ])
        .args(["--target", "wasm32-unknown-unknown"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let crates = String::from_utf8(tree.stdout).expect("text");
    assert!(crates.contains("ed25519-dalek"), "{}", String::from_utf8_lossy(&tree.stderr));
    for name in ["regex", "aho-corasick", "fancy-regex", "memchr"] {
        let found = crates.lines().find(|line| line.starts_with(name));
        assert_eq!(found, None, "in the page");
    }
}
