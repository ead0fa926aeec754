//! The approver's page, driven by events as a person would, without a browser.

mod agree;
mod earlier;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ia_returns::cli::sources;
use ia_returns::collection::author::{self, Files};
use ia_returns::collection::{Document, DocumentKind, Need, Set};
use ia_returns::file::{Draft, Sealing, seal};
use ia_returns::page::Effect;
use ia_returns::page::approve::{Event, State, update};
use ia_returns::page::keys::{Random, Wait};
use ia_returns::sign::SecretKey;
use ia_returns::template::author::File;

use crate::support::{IN_TIME, at, filled, resealed, same_as_file, sealed, set};
use crate::vectors::make::countersigned;

const NOW: &str = "2023-07-28T10:45:00.123Z";

/// Everything shipped, and the round that is countersigned.
fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let mut files: Files = sources::shipped();
        let path = "collections/countersigned.toml".to_owned();
        files.collections.push(File { path, text: countersigned() });
        author::compile(&files).expect("it compiles")
    })
}

fn whole_set() -> Set {
    Set::load(documents()).expect("it loads")
}

/// The page, as its effects change it.
struct Screen {
    state: State,
    drawn: String,
    regions: BTreeMap<String, String>,
    attributes: BTreeMap<(String, &'static str), String>,
    focus: String,
    title: String,
    saved: Vec<(String, String)>,
    copied: Vec<String>,
    printed: usize,
    needs: Vec<Need>,
    /// Whether data comes when it is asked for.
    loads: bool,
    /// Whether the browser saves and copies.
    works: bool,
}

impl Screen {
    fn new() -> Self {
        let mut screen = Self {
            state: State::default(),
            drawn: String::new(),
            regions: BTreeMap::new(),
            attributes: BTreeMap::new(),
            focus: String::new(),
            title: String::new(),
            saved: Vec::new(),
            copied: Vec::new(),
            printed: 0,
            needs: Vec::new(),
            loads: true,
            works: true,
        };
        let is_first =
            |it: &&Document| matches!(it.kind, DocumentKind::Collection | DocumentKind::Expected);
        let documents = documents().iter().filter(is_first).cloned().collect();
        screen.send(Event::Start { now: NOW.to_owned(), engine: "wasm".to_owned(), documents });
        screen
    }

    /// With this file chosen.
    fn of(file: impl AsRef<[u8]>) -> Self {
        let mut screen = Self::new();
        screen
            .give("file-name", "ia-return_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040.json");
        screen.choose("file", file);
        screen
    }

    fn give(&mut self, id: &str, bytes: impl AsRef<[u8]>) {
        self.state.give(id.to_owned(), bytes.as_ref().to_vec());
    }

    fn choose(&mut self, id: &str, bytes: impl AsRef<[u8]>) {
        self.give(id, bytes);
        self.send(Event::Chosen { id: id.to_owned(), now: NOW.to_owned() });
    }

    /// Presses a button with this in the inputs, and waits for what follows.
    fn press(&mut self, action: &str, typed: &[(&str, &str)]) {
        for (id, text) in typed {
            self.give(id, text);
        }
        let all = self.whole();
        assert!(all.contains(&format!("data-action=\"{action}\"")), "no button {action}: {all}");
        self.send(Event::Pressed { action: action.to_owned(), now: NOW.to_owned() });
        self.wait();
    }

    /// The page is about to be left: whether it asks first.
    fn leave(&mut self, asks: bool) {
        let effects = update(&mut self.state, Event::Leaving);
        assert_eq!(effects, if asks { vec![Effect::Prevent] } else { vec![] });
    }

    fn wait(&mut self) {
        while let Some(wait) = self.state.waits() {
            let random = Some(Random { seed: [1; 32].into(), salt: [2; 16], iv: [3; 16] });
            self.send(match wait {
                Wait::Begin => Event::Ready { now: NOW.to_owned(), random },
                Wait::Portion => Event::Portion { took: 10 },
            });
        }
    }

    fn send(&mut self, event: Event) {
        let mut answers = Vec::new();
        for effect in update(&mut self.state, event) {
            match effect {
                Effect::Attribute { id, name, value: Some(value) } => {
                    self.attributes.insert((id, name), value);
                }
                Effect::Attribute { id, name, value: None } => {
                    self.attributes.remove(&(id, name));
                }
                Effect::Copy(text) => {
                    self.copied.push(text);
                    answers.push(Event::Copied(self.works));
                }
                Effect::Draw(html) => {
                    self.drawn = html;
                    self.regions.clear();
                    self.attributes.clear();
                }
                Effect::Focus(id) => self.focus = id,
                Effect::Load(need) if self.loads => answers.push(loaded(&need)),
                Effect::Load(need) => self.needs.push(need),
                Effect::Print => self.printed += 1,
                Effect::Replace { region, html } => {
                    self.regions.insert(region, html);
                }
                Effect::Save { file_name, text } => {
                    self.saved.push((file_name, text));
                    answers.push(Event::Saved(self.works));
                }
                Effect::Title(text) => self.title = text,
                other => panic!("the edge does not do {other:?}"),
            }
        }
        for answer in answers {
            self.send(answer);
        }
    }

    /// All that was drawn: the screen, then what was replaced since.
    fn whole(&self) -> String {
        let mut whole = self.drawn.clone();
        for (region, html) in &self.regions {
            whole += &["\n<!-- ", region, " -->\n", html].concat();
        }
        whole
    }

    /// The first heading without its caption.
    fn heading(&self) -> String {
        let (_, after) = self.drawn.split_once("<bdi>").expect("a heading");
        after.split_once("</bdi>").expect("its end").0.to_owned()
    }

    fn assert_shows(&self, text: &str) {
        assert!(self.whole().contains(text), "{text} is not in {}", self.whole());
    }

    fn assert_hides(&self, text: &str) {
        assert!(!self.whole().contains(text), "{text} is in {}", self.whole());
    }

    fn region(&self, name: &str) -> &str {
        self.regions.get(name).map_or("", String::as_str)
    }

    /// Compares everything that is drawn with a file, a block a line. A file that is offered is not part of it.
    fn same_as(&self, name: &str) {
        let mut text = [&self.title, "\n", &self.whole(), "\n"].concat();
        if let Some((_, file)) = self.saved.last() {
            let escaped = file.replace('"', "&quot;");
            assert!(text.contains(&escaped), "the file is on the page too");
            text = text.replace(&escaped, "…");
        }
        for block in ["<dl", "<div", "<h1", "<h2", "<h3", "<li", "<p", "<section", "<table", "<tr"]
        {
            text = text.replace(block, &["\n", block].concat());
        }
        same_as_file(&format!("data/approve/{name}.html"), &text.replace("\n\n", "\n"));
    }
}

/// What the edge gives for a need: the document, and the plan of a template.
fn loaded(need: &Need) -> Event {
    let of_need = |it: &&Document| {
        it.kind == need.kind && it.id == need.id
            || it.kind == DocumentKind::Plan && it.id == need.sha256
    };
    Event::Loaded(documents().iter().filter(of_need).cloned().collect())
}

fn seal_with(draft: &Draft, seed: u8) -> String {
    let key = SecretKey::from_seed([seed; 32].into());
    seal(draft, &Sealing::new(draft, &key, at(IN_TIME), "native")).expect("it can be sealed").text
}

#[test]
fn before_a_file_is_chosen_the_page_says_what_it_is_for() {
    Screen::new().same_as("start");
}

#[test]
fn a_sealed_return_is_shown_whole() {
    let screen = Screen::of(sealed(&set()).text);
    assert_eq!(screen.heading(), "Unchanged since sealed by Information analyst on duty");
    assert_eq!(screen.focus, "heading");
    screen.same_as("sealed");
}

#[test]
fn a_draft_is_shown_whole_with_what_stands_in_the_way_of_sealing_it() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    draft.explanations.clear();
    crate::support::answer(&mut draft, "declared.signoff_name", "");
    let screen = Screen::of(draft.write(at(IN_TIME)));
    assert_eq!(screen.heading(), "A draft, which is not sealed yet");
    screen.assert_hides("Check code");
    screen.same_as("draft");
}

#[test]
fn a_changed_file_is_not_shown_at_all() {
    let text = sealed(&set()).text.replacen("\"absent_ia\": 52", "\"absent_ia\": 53", 1);
    let screen = Screen::of(text);
    assert_eq!(screen.heading(), "This file was changed after it was sealed");
    screen.assert_hides("Diagnostic");
    screen.same_as("changed");
}

#[test]
fn what_is_no_return_is_named_for_what_it_is() {
    let cases: [(&[u8], &str); 4] = [
        (b"{\"receipt\": {}}", "This is not a return"),
        (b"%PDF-1.7", "This file cannot be read"),
        (b"", "Sign off a return"),
        (b"{\"draft\": {\"format\": \"ia-draft/1\"}}", "This is not a return"),
    ];
    for (bytes, heading) in cases {
        assert_eq!(Screen::of(bytes).heading(), heading);
    }
}

#[test]
fn a_return_that_a_check_finds_otherwise_is_shown_as_it_says_and_not_signed_off() {
    let text = resealed(&set(), |payload| {
        payload["derived"]["findings"] = Vec::<ia_returns::json::Value>::new().into();
    });
    let screen = Screen::of(text);
    assert!(
        screen.heading().ends_with("but a check here finds something else"),
        "{}",
        screen.heading()
    );
    screen.assert_shows("Do not sign it off");
    screen.assert_shows("This file cannot be signed off");
    screen.assert_hides("data-action=\"copy-reply\"");
}

#[test]
fn a_return_of_a_collection_that_is_not_here_is_said_to_be_so() {
    let text = resealed(&set(), |payload| {
        payload["collection"]["sha256"] = "0".repeat(64).as_str().into();
    });
    let screen = Screen::of(text);
    screen.assert_shows("This page cannot show it");
    screen.assert_shows("Nottingham University Hospitals NHS Trust");
    screen.assert_hides("data-action=\"copy-reply\"");
}

#[test]
fn a_late_return_and_one_of_practice_say_so() {
    let set = set();
    let late = filled(&set, crate::support::LATE);
    let key = SecretKey::from_seed([7; 32].into());
    let late = seal(&late, &Sealing::new(&late, &key, at(crate::support::LATE), "native"));
    Screen::of(late.expect("it can be sealed").text).assert_shows("Sealed after it closed.");
    let practice =
        std::fs::read_to_string("tests/vectors/genuine/practice.json").expect("it is there");
    Screen::of(practice).assert_shows("Practice: these figures go nowhere");
}

#[test]
fn data_that_is_not_in_the_page_is_waited_for() {
    let mut screen = Screen::new();
    screen.loads = false;
    screen.choose("file", sealed(&set()).text);
    assert_eq!(screen.region("reading"), "<p>The file is being read.</p>");
    let needs = std::mem::take(&mut screen.needs);
    assert!(needs.len() > 1, "{needs:?}");
    for need in &needs {
        screen.assert_hides("Unchanged since");
        screen.send(loaded(need));
    }
    assert!(screen.needs.is_empty(), "nothing is asked for twice");
    screen.assert_shows("Unchanged since");
}

#[test]
fn data_that_cannot_be_had_is_said_beside_the_input() {
    let mut screen = Screen::new();
    screen.loads = false;
    screen.choose("file", sealed(&set()).text);
    screen.send(Event::CouldNotLoad);
    assert_eq!(screen.focus, "file");
    assert!(screen.region("file-message").contains("could not be fetched"));
    assert!(screen.title.starts_with("Error: "));
    assert_eq!(screen.region("reading"), "");
    screen.loads = true;
    screen.choose("file", sealed(&set()).text);
    screen.assert_shows("Unchanged since");
    assert!(!screen.title.starts_with("Error: "));
}

#[test]
fn a_file_that_the_browser_cannot_read_is_said_beside_its_input() {
    let mut screen = Screen::of(sealed(&set()).text);
    for id in ["file", "earlier"] {
        screen.send(Event::NotRead(id.to_owned()));
        assert!(screen.region(&format!("{id}-message")).contains("cannot read this file"));
    }
}

#[test]
fn another_file_takes_the_place_of_the_first() {
    let set = set();
    let mut screen = Screen::of(sealed(&set).text);
    screen.press("copy-reply", &[("approver-name", "Ada"), ("approver-job-title", "Director")]);
    screen.assert_shows("Ada, Director");
    screen.choose("file", filled(&set, IN_TIME).write(at(IN_TIME)));
    screen.assert_shows("A draft, which is not sealed yet");
    screen.assert_hides("Ada, Director");
    screen.assert_shows("value=\"Ada\"");
}

#[test]
fn the_page_prints() {
    let mut screen = Screen::of(sealed(&set()).text);
    screen.press("print", &[]);
    assert_eq!(screen.printed, 1);
}

#[test]
fn text_from_a_file_is_escaped_and_what_cannot_be_seen_in_it_is_named() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    crate::support::answer(&mut draft, "about.submitter_name", "<b>\u{202E}analyst");
    let screen = Screen::of(seal_with(&draft, 7));
    assert_eq!(screen.heading(), "Unchanged since sealed by &lt;b&gt;[U+202E]analyst");
    assert!(screen.title.contains("[U+202E]"));
    screen.assert_hides("<b>");
}

#[test]
fn without_collections_or_a_clock_the_page_says_that_it_cannot_be_used() {
    for (now, first) in [(NOW, false), ("no time", true)] {
        let mut state = State::default();
        let documents = if first { documents().to_vec() } else { Vec::new() };
        let effects = update(
            &mut state,
            Event::Start { now: now.to_owned(), engine: "wasm".to_owned(), documents },
        );
        let drawn = effects.iter().any(
            |effect| matches!(effect, Effect::Draw(html) if html.contains("This page cannot be used")),
        );
        assert!(drawn, "{now}");
    }
}
