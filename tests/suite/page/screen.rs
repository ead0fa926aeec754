//! The page without a browser: what the effects add up to, and a person's ways through it.

use std::collections::BTreeMap;

use ia_returns::collection::{Document, DocumentKind, Need};
use ia_returns::page::{Effect, Event, Seed, State, update};

use crate::support::{DAYS, FIGURES, GROUPS, documents};

pub(super) const COLUMNS: [&str; 3] = ["due_to_work", "absent_ia", "absent_other"];
pub(super) const EXPLANATION: &str = "explanation.BQ04.2023-07-25.therapeutic_radiographer";

/// A screen without a browser: what the effects of the page add up to.
#[derive(Default)]
pub(super) struct Screen {
    pub(super) state: State,
    pub(super) drawn: String,
    pub(super) regions: BTreeMap<String, String>,
    pub(super) attributes: BTreeMap<(String, String), Option<String>>,
    pub(super) inputs: BTreeMap<String, String>,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) focus: String,
    pub(super) saved: Vec<(String, String)>,
    pub(super) copied: Vec<String>,
    pub(super) last: Vec<Effect>,
    pub(super) now: String,
    pub(super) seeds: bool,
    pub(super) saves: bool,
    /// Whether what is asked for comes at once; else it is kept in `needs`.
    pub(super) loads: bool,
    pub(super) needs: Vec<Need>,
    /// What was to be kept: change, draft, and what goes beside it.
    pub(super) kept: Vec<[String; 3]>,
    /// What a browser answers to it.
    pub(super) keeps: Option<Event>,
    /// What was asked for about drafts, in words.
    pub(super) asked: Vec<String>,
}

/// Whether a page has a document from the start.
pub(super) fn is_in_the_page(document: &Document) -> bool {
    matches!(document.kind, DocumentKind::Collection | DocumentKind::Expected)
}

/// What the edge gives for a need: the document, and the plan of a template.
pub(super) fn loaded(need: &Need) -> Event {
    let of_need = |it: &&Document| {
        it.kind == need.kind && it.id == need.id
            || it.kind == DocumentKind::Plan && it.id == need.sha256
    };
    Event::Loaded { documents: documents().iter().filter(of_need).cloned().collect() }
}

impl Screen {
    pub(super) fn at(now: &str) -> Self {
        let mut screen =
            Self { now: now.to_owned(), seeds: true, saves: true, loads: true, ..Self::default() };
        screen.send(Event::Start {
            now: now.to_owned(),
            engine: "native".to_owned(),
            address: String::new(),
            documents: documents().iter().filter(|it| is_in_the_page(it)).cloned().collect(),
        });
        screen
    }

    /// Sends an event, and what the edge would answer to its effects.
    pub(super) fn send(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        self.last.clone_from(&effects);
        let mut answers = Vec::new();
        for effect in effects {
            match effect {
                Effect::Address { text, .. } => self.address = text,
                Effect::Adopt => self.asked.push("adopt".to_owned()),
                Effect::Attribute { id, name, value } => {
                    self.attributes.insert((id, name.to_owned()), value);
                }
                Effect::Copy(text) => {
                    self.copied.push(text);
                    answers.push(Event::Copied);
                }
                Effect::Draw(html) => {
                    self.drawn = html;
                    self.regions.clear();
                    self.attributes.clear();
                }
                Effect::Enter(id) | Effect::Focus(id) => self.focus = id,
                Effect::Forget => self.asked.push("forget".to_owned()),
                Effect::Keep { change, draft, beside } => {
                    let kept = Event::Kept { change: change.clone(), now: self.now.clone() };
                    answers.push(self.keeps.clone().unwrap_or(kept));
                    self.kept.push([change, draft, beside]);
                }
                Effect::Open(id) => self.asked.push(format!("open {id}")),
                Effect::Remove(id) => self.asked.push(format!("remove {id}")),
                Effect::Load(need) if self.loads => answers.push(loaded(&need)),
                Effect::Load(need) => self.needs.push(need),
                Effect::KeepSoon | Effect::Prevent | Effect::Print | Effect::Reveal(_) => {}
                Effect::Replace { region, html } => {
                    self.regions.insert(region, html);
                }
                Effect::Save { file_name, text } => {
                    self.saved.push((file_name, text));
                    answers.push(if self.saves { Event::Saved } else { Event::CouldNotSave });
                }
                Effect::Seal if self.seeds => {
                    answers.push(Event::Seal { now: self.now.clone(), seed: Seed([7; 32].into()) });
                }
                Effect::Seal => answers.push(Event::CouldNotSeal),
                Effect::SetInput { id, value } => {
                    self.inputs.insert(id, value);
                }
                Effect::Title(text) => self.title = text,
            }
        }
        for answer in answers {
            self.send(answer);
        }
    }

    pub(super) fn input(&mut self, id: &str, text: &str) {
        self.send(Event::Input { id: id.to_owned(), text: text.to_owned() });
    }

    pub(super) fn leave(&mut self, id: &str, to: &str) {
        self.send(Event::Left { id: id.to_owned(), to: to.to_owned() });
    }

    /// Types as a keyboard does, one character after the other, then leaves.
    pub(super) fn type_in(&mut self, id: &str, text: &str) {
        for (end, character) in text.char_indices() {
            self.input(id, &text[..end + character.len_utf8()]);
        }
        self.leave(id, "");
    }

    pub(super) fn choose(&mut self, id: &str, value: &str) {
        self.send(Event::Chosen { id: id.to_owned(), value: value.to_owned() });
    }

    pub(super) fn press(&mut self, action: &str) {
        self.send(Event::Pressed { action: action.to_owned(), value: String::new() });
    }

    pub(super) fn press_value(&mut self, action: &str, value: &str) {
        self.send(Event::Pressed { action: action.to_owned(), value: value.to_owned() });
    }

    /// Whether an element is hidden: by the last change of it, else as it was drawn.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        if let Some(value) = self.attributes.get(&(id.to_owned(), "hidden".to_owned())) {
            return value.is_some();
        }
        let from = self.drawn.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
        let tag = self.drawn[from..].split('>').next().unwrap();
        tag.contains(" hidden")
    }

    pub(super) fn key(&mut self, key: &str) {
        self.send(Event::Key { id: "organisation".to_owned(), key: key.to_owned() });
    }

    pub(super) fn go_to(&mut self, address: &str) {
        address.clone_into(&mut self.address);
        self.send(Event::Address(address.to_owned()));
    }

    pub(super) fn region(&self, name: &str) -> &str {
        self.regions.get(name).map_or("", String::as_str)
    }

    pub(super) fn attribute(&self, id: &str, name: &str) -> Option<&str> {
        self.attributes.get(&(id.to_owned(), name.to_owned()))?.as_deref()
    }

    pub(super) fn start(&mut self) {
        self.choose("collection", "sor-2023-07");
        self.input("organisation", "nottingham univ");
        self.key("ArrowDown");
        self.key("Enter");
        self.choose("return", "workforce_sitrep");
        self.press("continue");
        assert_eq!(self.address, "#/tasks");
        self.press("continue");
        assert_eq!(self.address, "#/before");
    }

    pub(super) fn reach_figures(&mut self) {
        self.start();
        self.choose("about.nil_return", "no");
        self.press("continue");
        assert_eq!(self.address, "#/section-1");
    }

    pub(super) fn figures(&mut self) {
        for (day, groups) in FIGURES.iter().enumerate() {
            for (group, figures) in groups.iter().enumerate() {
                for (column, figure) in COLUMNS.iter().zip(figures) {
                    self.type_in(&cell(day, group, column), &figure.to_string());
                }
            }
        }
    }

    pub(super) fn reach_declaration(&mut self) {
        self.reach_figures();
        self.figures();
        self.press("continue");
        assert_eq!(self.address, "#/check");
        self.type_in(EXPLANATION, "Six were on a training day fixed before the action was called.");
        self.press("continue");
        assert_eq!(self.address, "#/declaration");
    }

    pub(super) fn declare(&mut self) {
        for (id, text) in [
            ("about.submitter_name", "Information analyst on duty"),
            ("about.submitter_role", "Information analyst"),
            ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
            ("declared.signoff_name", "Director on call"),
        ] {
            self.type_in(id, text);
        }
        self.agree();
        self.choose("declared.signoff_role", "duty_director");
        self.choose("declared.signoff_how", "by_phone");
    }

    /// Says when the figures were agreed.
    pub(super) fn agree(&mut self) {
        for (part, text) in
            [("day", "28"), ("month", "July"), ("year", "2023"), ("time", "10:30am")]
        {
            self.type_in(&format!("declared.signoff_at.{part}"), text);
        }
    }
}

pub(super) fn cell(day: usize, group: usize, column: &str) -> String {
    format!("workforce.staffing.{}.{}.{column}", DAYS[day], GROUPS[group])
}
