//! Pages: a shell, a style, scripts, the engine and data blocks in; HTML out. Pure: reads and writes nothing.

use anyhow::{Result, bail};

use crate::blank::{self, Blank};
use crate::data::{self, Block};
use crate::encode::{base64, sha256_base64};
use crate::second::Second;
use crate::shell::{attribute, fill, stays_inside};

/// What both forms of a page are made of.
pub(crate) struct Parts<'a> {
    /// `www/page.html`.
    pub(crate) shell: &'a str,
    /// `www/index.html`.
    pub(crate) index: &'a str,
    pub(crate) style: &'a str,
    pub(crate) first: &'a str,
    pub(crate) app: &'a str,
    /// base64 of gzip of the engine.
    pub(crate) engine: &'a str,
    /// base64 of gzip of the engine of kept keys.
    pub(crate) keys: &'a str,
    /// SHA-256 of that gzip.
    pub(crate) keys_sha256: &'a str,
    pub(crate) second: &'a Second,
    pub(crate) blocks: &'a [Block],
    pub(crate) blank: &'a [Blank],
}

/// A file of the folder to host.
pub(crate) struct HostedFile {
    pub(crate) name: String,
    pub(crate) text: String,
    /// When a page loads it.
    pub(crate) load: Load,
}

/// When a page loads a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Load {
    /// Before it can be used.
    First,
    /// When its collection is chosen.
    Later,
    /// When a person opens the part of the page that needs it.
    Asked,
    /// It is another page.
    Never,
    /// It is a form on paper, and a page of its own.
    Paper,
    /// Where the browser does not allow WebAssembly.
    Without,
}

impl HostedFile {
    fn new(name: &str, text: &str, load: Load) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), load }
    }
}

/// The one file that works by double-click.
///
/// # Errors
///
/// When a part would not survive inside its element, or a block's name is not plain.
pub(crate) fn single(parts: &Parts) -> Result<String> {
    for (what, text) in [("the first script", parts.first), ("the app script", parts.app)] {
        stays_inside(what, text)?;
    }
    stays_inside("the style", parts.style)?;
    for (id, text) in [("the engine", parts.engine), ("the engine of kept keys", parts.keys)] {
        stays_inside(id, text)?;
    }
    // The second engine is no element of the page: the app script unpacks it and runs it as a new one, which the policy
    // allows for this text alone.
    let scripts = [parts.first, parts.app, &parts.second.script].map(hash).join(" ");
    let engine = [
        inert("engine", parts.engine),
        inert("keys-engine", parts.keys),
        inert("second-engine", &base64(&parts.second.packed)),
    ]
    .join("\n");
    let page = fill(
        parts.shell,
        &[
            ("policy", policy(&scripts, &hash(parts.style))),
            ("style", format!("<style>{}</style>", parts.style)),
            ("first", format!("<script>{}</script>", parts.first)),
            ("blocks", data::whole(parts.blocks)?),
            ("scripts", format!("{engine}\n<script>{}</script>", parts.app)),
        ],
    )?;
    sound(&page)?;
    Ok(page)
}

/// The folder to host: only `.html`, `.css` and `.js`, which every web server knows how to label.
///
/// # Errors
///
/// As `single`.
pub(crate) fn hosted(parts: &Parts) -> Result<Vec<HostedFile>> {
    let policy = policy("'self'", "'self'");
    let style = "<link rel=\"stylesheet\" href=\"style.css\">".to_owned();
    let page = fill(
        parts.shell,
        &[
            ("policy", policy.clone()),
            ("style", style.clone()),
            ("first", "<script src=\"first.js\"></script>".to_owned()),
            ("blocks", data::first(parts.blocks)?),
            (
                "scripts",
                "<script src=\"engine.js\"></script>\n<script src=\"app.js\"></script>".into(),
            ),
        ],
    )?;
    let forms = blank::list(parts.blank);
    let index = fill(parts.index, &[("policy", policy), ("style", style), ("blank", forms)])?;
    sound(&page)?;
    sound(&index)?;
    let engine = format!("globalThis.iaReturnsEngine=\"{}\";", parts.engine);
    let mut files = vec![
        HostedFile::new("app.js", parts.app, Load::First),
        HostedFile::new("engine.js", &engine, Load::First),
        HostedFile::new("first.js", parts.first, Load::First),
        HostedFile::new("index.html", &index, Load::Never),
        HostedFile::new("return.html", &page, Load::First),
        HostedFile::new("style.css", parts.style, Load::First),
    ];
    // www/keys-engine.js makes the same name.
    let hash: String = parts.keys_sha256.chars().take(12).collect();
    let keys = format!("globalThis.iaReturnsKeys=\"{}\";", parts.keys);
    files.push(HostedFile::new(&format!("keys-{hash}.js"), &keys, Load::Asked));
    files.push(HostedFile::new(&parts.second.file_name(), &parts.second.script, Load::Without));
    for (name, text) in data::scripts(parts.blocks)? {
        files.push(HostedFile { name, text, load: Load::Later });
    }
    for form in parts.blank {
        files.push(HostedFile::new(&form.name, &form.html, Load::Paper));
    }
    Ok(files)
}

/// The content security policy. It rules what follows it, so it comes first; `frame-ancestors` is left out
/// because browsers ignore it in a page.
fn policy(scripts: &str, styles: &str) -> String {
    let policy = [
        "default-src 'none'",
        &format!("script-src {scripts} 'wasm-unsafe-eval'"),
        &format!("style-src {styles}"),
        "img-src data:",
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types ia-returns",
    ]
    .join("; ");
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", attribute(&policy))
}

/// A block that the browser neither runs nor shows.
fn inert(id: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>")
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", sha256_base64(text.as_bytes()))
}

/// The last look at a finished page: as many scripts end as begin, and nothing opens a comment.
fn sound(page: &str) -> Result<()> {
    let page = page.to_ascii_lowercase();
    let (begin, end) = (page.matches("<script").count(), page.matches("</script>").count());
    if begin != end || page.matches("</script").count() != end || page.contains("<!--") {
        bail!("the page holds text that confuses its script elements ({begin} begin, {end} end)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELL: &str = "<head><!--slot:policy--><!--slot:style--></head><body><!--slot:first-->\
                         <!--slot:blocks--><!--slot:scripts--></body>";
    const INDEX: &str = "<head><!--slot:policy--><!--slot:style--></head><!--slot:blank-->";

    fn parts<'a>(app: &'a str, blocks: &'a [Block]) -> Parts<'a> {
        let (style, first, engine) = ("p{color:red}", "var a=1", "H4sIAA==");
        let (keys, keys_sha256) = ("H4sIAB==", "0123456789abcdef");
        let second = Box::leak(Box::new(Second::of("var c=3".into(), b"packed".to_vec())));
        Parts {
            shell: SHELL,
            index: INDEX,
            style,
            first,
            app,
            engine,
            keys,
            keys_sha256,
            second,
            blocks,
            blank: &[],
        }
    }

    fn block(json: &str) -> Block {
        Block { kind: "collection".into(), id: "c-1".into(), json: json.into() }
    }

    #[test]
    fn the_policy_holds_the_hash_of_each_script_and_the_style() {
        let page = single(&parts("let b=2", &[])).unwrap();
        for text in ["var a=1", "let b=2", "var c=3", "p{color:red}"] {
            assert!(page.contains(&hash(text)), "{text}");
        }
        assert!(!page.contains("var c=3"), "the second engine is carried packed");
        assert!(page.starts_with("<head><meta http-equiv=\"Content-Security-Policy\""));
        assert!(!page.contains("'self'"));
    }

    #[test]
    fn a_script_that_ends_its_element_is_refused() {
        assert!(single(&parts("'</script'", &[])).is_err());
        assert!(single(&parts("'<!--'", &[])).is_err());
    }

    #[test]
    fn the_hosted_folder_holds_html_css_and_js_only_and_no_inline_script() {
        let files = hosted(&parts("let b=2", &[block("{}")])).unwrap();
        for file in &files {
            let extension = file.name.rsplit('.').next().unwrap();
            assert!(["css", "html", "js"].contains(&extension), "{}", file.name);
            if extension == "html" {
                assert!(!file.text.contains("<script>") && !file.text.contains("<style"));
                assert!(
                    !file.text.contains("second-"),
                    "no page loads the second engine by itself"
                );
            }
        }
        let without: Vec<_> = files.iter().filter(|file| file.load == Load::Without).collect();
        let [second] = without.as_slice() else { panic!("one file for the second engine") };
        assert!(second.name.starts_with("second-") && second.text == "var c=3");
    }

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        let blocks = [block("{}")];
        assert_eq!(single(&parts("1", &blocks)).unwrap(), single(&parts("1", &blocks)).unwrap());
    }
}
