//! Pages: a shell, a style, scripts, the engine and data blocks in; HTML out. Pure: reads and writes nothing.

use anyhow::{Result, bail};
use ia_returns::base85;
use ia_returns::cli::blocks::{self as data, attribute};
use ia_returns::collection::Document;

use crate::blank::{self, Blank};
use crate::encode::sha256_base64;
use crate::second::Second;
use crate::shell::{fill, stays_inside};

/// What both forms of the pages are made of.
pub(crate) struct Parts<'a> {
    /// `www/page.html`, the shell of every page with an engine.
    pub(crate) shell: &'a str,
    /// `www/index.html`.
    pub(crate) index: &'a str,
    pub(crate) style: &'a str,
    pub(crate) first: &'a str,
    /// Of the front page.
    pub(crate) index_script: &'a str,
    /// The submitter's page.
    pub(crate) submit: Program<'a>,
    /// The approver's page.
    pub(crate) approve: Program<'a>,
    /// The collator's page.
    pub(crate) collate: Program<'a>,
    /// gzip of the engine of kept keys, in 85 letters.
    pub(crate) keys: &'a str,
    /// SHA-256 of that gzip.
    pub(crate) keys_sha256: &'a str,
    /// In the folder alone.
    pub(crate) second_keys: &'a Second,
    pub(crate) blocks: &'a [Document],
    pub(crate) blank: &'a [Blank],
}

/// A page with an engine of its own.
#[derive(Clone, Copy)]
pub(crate) struct Program<'a> {
    /// What its files are called in the folder.
    pub(crate) files: &'static Files,
    /// Its app script.
    pub(crate) app: &'a str,
    /// gzip of its engine, in 85 letters.
    pub(crate) engine: &'a str,
    pub(crate) second: &'a Second,
}

/// What the files of a page are called in the folder, and when they are loaded.
pub(crate) struct Files {
    page: &'static str,
    app: &'static str,
    engine: &'static str,
    load: Load,
}

/// The submitter's page.
pub(crate) const SUBMIT: Files =
    Files { page: "return.html", app: "app.js", engine: "engine.js", load: Load::First };
/// The approver's page; `www/approve.js` names its engine too.
pub(crate) const APPROVE: Files = Files {
    page: "approve.html",
    app: "approve.js",
    engine: "approve-engine.js",
    load: Load::FirstOfApprove,
};
/// The collator's page; `www/collate.js` names its engine too.
pub(crate) const COLLATE: Files = Files {
    page: "collate.html",
    app: "collate.js",
    engine: "collate-engine.js",
    load: Load::FirstOfCollate,
};

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
    /// Before the submitter's page can be used; the first script and the style serve every page.
    First,
    /// Before the approver's page can be used.
    FirstOfApprove,
    /// Before the collator's page can be used.
    FirstOfCollate,
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

/// The one file that works by double-click. `others` are engines besides the page's own, by the ids of their blocks.
///
/// # Errors
///
/// When a part would not survive inside its element, or a block's name is not plain.
pub(crate) fn single(parts: &Parts, page: &Program, others: &[(&str, &str)]) -> Result<String> {
    for (what, text) in [("the first script", parts.first), ("the app script", page.app)] {
        stays_inside(what, text)?;
    }
    stays_inside("the style", parts.style)?;
    let mut engines = vec![("engine", page.engine)];
    engines.extend(others);
    for (id, text) in &engines {
        stays_inside(id, text)?;
    }
    // The second engine is no element of the page: the app script unpacks it and runs it as a new one, which the policy
    // allows for this text alone.
    let scripts = [parts.first, page.app, &page.second.script].map(hash).join(" ");
    let second = base85::encode(&page.second.packed);
    engines.push(("second-engine", &second));
    let engines: Vec<String> = engines.into_iter().map(|(id, text)| inert(id, text)).collect();
    let engines = engines.join("\n");
    let text = fill(
        parts.shell,
        &[
            ("policy", policy(&scripts, &hash(parts.style))),
            ("style", format!("<style>{}</style>", parts.style)),
            ("first", format!("<script>{}</script>", parts.first)),
            ("blocks", data::whole(parts.blocks)?),
            ("scripts", format!("{engines}\n<script>{}</script>", page.app)),
        ],
    )?;
    sound(&text)?;
    Ok(text)
}

/// The folder to host: only `.html`, `.css` and `.js`, which every web server knows how to label.
///
/// # Errors
///
/// As `single`.
pub(crate) fn hosted(parts: &Parts) -> Result<Vec<HostedFile>> {
    let policy = policy("'self'", "'self'");
    let style = "<link rel=\"stylesheet\" href=\"style.css\">".to_owned();
    let mut files = vec![
        HostedFile::new("first.js", parts.first, Load::First),
        HostedFile::new("index.js", parts.index_script, Load::Never),
        HostedFile::new("style.css", parts.style, Load::First),
    ];
    for Program { files: names, app, engine, second } in
        [&parts.submit, &parts.approve, &parts.collate]
    {
        let scripts =
            [names.engine, names.app].map(|name| format!("<script src=\"{name}\"></script>"));
        let page = fill(
            parts.shell,
            &[
                ("policy", policy.clone()),
                ("style", style.clone()),
                ("first", "<script src=\"first.js\"></script>".to_owned()),
                ("blocks", data::first(parts.blocks)?),
                ("scripts", scripts.join("\n")),
            ],
        )?;
        sound(&page)?;
        let engine = format!("globalThis.iaReturnsEngine=\"{engine}\";");
        files.push(HostedFile::new(names.page, &page, names.load));
        files.push(HostedFile::new(names.app, app, names.load));
        files.push(HostedFile::new(names.engine, &engine, names.load));
        files.push(HostedFile::new(&second.file_name(), &second.script, Load::Without));
    }
    let script = "<script src=\"index.js\"></script>".to_owned();
    let forms = blank::list(parts.blank);
    let index = fill(
        parts.index,
        &[("policy", policy), ("style", style), ("blank", forms), ("script", script)],
    )?;
    sound(&index)?;
    files.push(HostedFile::new("index.html", &index, Load::Never));
    // www/keys-engine.js makes the same name.
    let hash: String = parts.keys_sha256.chars().take(12).collect();
    let keys = format!("globalThis.iaReturnsKeys=\"{}\";", parts.keys);
    files.push(HostedFile::new(&format!("keys-{hash}.js"), &keys, Load::Asked));
    let second = parts.second_keys;
    files.push(HostedFile::new(&second.file_name(), &second.script, Load::Without));
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
    use ia_returns::collection::DocumentKind;

    use super::*;

    const SHELL: &str = "<head><!--slot:policy--><!--slot:style--></head><body><!--slot:first-->\
                         <!--slot:blocks--><!--slot:scripts--></body>";
    const INDEX: &str =
        "<head><!--slot:policy--><!--slot:style--></head><!--slot:blank--><!--slot:script-->";

    fn parts<'a>(app: &'a str, blocks: &'a [Document]) -> Parts<'a> {
        let (style, first, engine) = ("p{color:red}", "var a=1", "ABzY80");
        let (keys, keys_sha256) = ("ABzY81", "0123456789abcdef");
        let second = |name, text: &str| -> &'static Second {
            Box::leak(Box::new(Second::of(name, text.into(), b"packed".to_vec())))
        };
        let submit = Program { files: &SUBMIT, app, engine, second: second("second", "var c=3") };
        Parts {
            shell: SHELL,
            index: INDEX,
            style,
            first,
            index_script: "let f=6",
            submit,
            approve: Program {
                files: &APPROVE,
                second: second("second-approve", "var e=5"),
                ..submit
            },
            collate: Program {
                files: &COLLATE,
                second: second("second-collate", "var f=6"),
                ..submit
            },
            keys,
            keys_sha256,
            second_keys: second("second-keys", "var d=4"),
            blocks,
            blank: &[],
        }
    }

    fn one_file(app: &str, blocks: &[Document]) -> Result<String> {
        let parts = parts(app, blocks);
        single(&parts, &parts.submit, &[("keys-engine", parts.keys)])
    }

    fn block(json: &str) -> Document {
        Document { kind: DocumentKind::Collection, id: "c-1".into(), json: json.into() }
    }

    #[test]
    fn the_policy_holds_the_hash_of_each_script_and_the_style() {
        let page = one_file("let b=2", &[]).unwrap();
        for text in ["var a=1", "let b=2", "var c=3", "p{color:red}"] {
            assert!(page.contains(&hash(text)), "{text}");
        }
        assert!(!page.contains("var c=3"), "the second engine is carried packed");
        assert!(!page.contains(&hash("var d=4")), "there is no room for that of kept keys");
        assert!(page.starts_with("<head><meta http-equiv=\"Content-Security-Policy\""));
        assert!(!page.contains("'self'"));
    }

    #[test]
    fn a_script_that_ends_its_element_is_refused() {
        assert!(one_file("'</script'", &[]).is_err());
        assert!(one_file("'<!--'", &[]).is_err());
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
        let [second, approve, collate, keys] = without.as_slice() else {
            panic!("one file for each second engine")
        };
        assert!(approve.name.starts_with("second-approve-") && approve.text == "var e=5");
        assert!(collate.name.starts_with("second-collate-") && collate.text == "var f=6");
        assert!(second.name.starts_with("second-") && second.text == "var c=3");
        assert!(keys.name.starts_with("second-keys-") && keys.text == "var d=4");
    }

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        let blocks = [block("{}")];
        assert_eq!(one_file("1", &blocks).unwrap(), one_file("1", &blocks).unwrap());
    }
}
