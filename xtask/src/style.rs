//! The style: Sass over nhsuk-frontend, then one small file with no address in it.

use std::io::Write as _;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::stale::Inputs;
use crate::tool::{npm_program, output};
use crate::workspace::{Workspace, create_folder, read_text, write};

/// Builds the style if its sources changed.
pub(crate) fn build(workspace: &Workspace) -> Result<String> {
    let product = workspace.work.join("style.css");
    let stamp = Inputs::default()
        .tree(&workspace.path("www"))?
        .tree(&workspace.path("src/page"))?
        .file(&workspace.path("package-lock.json"))?
        .file(&workspace.path("xtask/src/style.rs"))?
        .stamp(workspace, "style");
    if !stamp.is_fresh(&[&product]) {
        let css = minify(workspace, &purge(workspace, &compile(workspace)?)?)?;
        check(&css)?;
        write(&product, css.as_bytes())?;
        stamp.record()?;
    }
    read_text(&product)
}

fn compile(workspace: &Workspace) -> Result<String> {
    let mut sass = npm_program(workspace, "sass");
    sass.args(["--no-source-map", "--no-charset", "--quiet-deps", "--load-path=node_modules"]);
    sass.arg("www/style/main.scss");
    output(&mut sass).context("compile the style with sass")
}

/// Classes that the page puts together from parts, so that no file holds them whole.
const COMPOSED: [&str; 8] = [
    "nhsuk-fieldset__legend--l",
    "nhsuk-fieldset__legend--m",
    "nhsuk-fieldset__legend--s",
    "nhsuk-fieldset__legend--xl",
    "nhsuk-label--l",
    "nhsuk-label--m",
    "nhsuk-label--s",
    "nhsuk-label--xl",
];

/// Leaves out the rules that no page can use: a third of nhsuk-frontend's, 7 KB of a first load.
fn purge(workspace: &Workspace, css: &str) -> Result<String> {
    let (whole, purged) = (workspace.work.join("whole.css"), workspace.work.join("purged"));
    write(&whole, css.as_bytes())?;
    create_folder(&purged)?;
    let mut purgecss = npm_program(workspace, "purgecss");
    purgecss.arg("--css").arg(&whole).arg("--output").arg(&purged);
    purgecss.args(["--content", "src/page/**/*.rs", "www/*.html", "www/*.js"]);
    // nhsuk-frontend declares 89 of them and uses none.
    purgecss.arg("--variables");
    purgecss.arg("--safelist").args(COMPOSED);
    output(&mut purgecss).context("leave out unused styles with purgecss")?;
    read_text(&purged.join("whole.css"))
}

/// Shrinks the style, writes it in ASCII (so that its hash does not depend on how a host labels the page), and
/// inlines the icons as data: URLs.
fn minify(workspace: &Workspace, css: &str) -> Result<String> {
    let mut esbuild = npm_program(workspace, "esbuild");
    esbuild.args(["--bundle", "--loader=css", "--loader:.svg=dataurl", "--charset=ascii"]);
    esbuild.args(["--minify", "--legal-comments=none", "--log-level=warning"]);
    esbuild.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = esbuild.spawn().context("start esbuild")?;
    let mut input = child.stdin.take().context("write to esbuild")?;
    input.write_all(css.as_bytes()).context("write to esbuild")?;
    drop(input);
    let done = child.wait_with_output().context("minify the style with esbuild")?;
    if !done.status.success() {
        bail!(
            "minify the style with esbuild: {}",
            String::from_utf8_lossy(&done.stderr).trim_end()
        );
    }
    Ok(String::from_utf8(done.stdout).context("read the style")?.trim().to_owned())
}

/// Refuses a style that would fetch something: the page's policy would block it, and the page would look wrong.
fn check(css: &str) -> Result<()> {
    if !css.is_ascii() {
        bail!("the style is not ASCII");
    }
    if css.contains("@font-face") || css.contains("@import") {
        bail!("the style asks for a font or another style sheet");
    }
    for (_, rest) in
        css.match_indices("url(").map(|(at, found)| (at, css.split_at(at + found.len()).1))
    {
        let address = rest.trim_start_matches(['"', '\'']);
        if !address.starts_with("data:") {
            bail!("the style names an address: {}", address.chars().take(60).collect::<String>());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_that_fetches_is_refused() {
        assert!(check("a{color:red}").is_ok());
        assert!(check("a{background:url('data:image/svg+xml,<svg/>')}").is_ok());
        assert!(check("a{background:url(\"data:x\")}b{background:url(/icon.svg)}").is_err());
        assert!(check("a{background:url(\"https://assets.nhs.uk/x\")}").is_err());
        assert!(check("@font-face{font-family:x}").is_err());
        assert!(check("a::after{content:\"\u{2192}\"}").is_err());
    }
}
