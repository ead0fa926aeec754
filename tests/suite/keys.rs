//! Kept keys, requests and receipts in the page, driven by events as a person would, without a browser.

mod files;
mod portions;

use std::collections::BTreeMap;

use ia_returns::file::{Receipt, verify};
use ia_returns::page::Effect;
use ia_returns::page::keys::{Event, Panel, Random, State, Wait, update};
use ia_returns::register::Enrolment;
use ia_returns::sign::{Header, Role, SecretKey, key_file};

use crate::support::{IN_TIME, at, resealed, sealed, set};

const PASSPHRASE: &str = "four words, écrits";
const NOW: &str = "2023-07-28T09:40:00.123Z";

/// The place on the page, as effects change it.
pub(super) struct Place {
    state: State,
    regions: BTreeMap<String, String>,
    attributes: BTreeMap<(String, &'static str), String>,
    focus: String,
    saved: Vec<(String, String)>,
    copied: Vec<String>,
}

impl Place {
    pub(super) fn at(panel: Panel) -> Self {
        let mut place = Self {
            state: State::default(),
            regions: BTreeMap::new(),
            attributes: BTreeMap::new(),
            focus: String::new(),
            saved: Vec::new(),
            copied: Vec::new(),
        };
        place.happen(Event::Shown(panel));
        place
    }

    fn give(&mut self, id: &str, bytes: impl AsRef<[u8]>) {
        self.state.give(id.to_owned(), bytes.as_ref().to_vec());
    }

    pub(super) fn choose(&mut self, id: &str, bytes: impl AsRef<[u8]>) {
        self.give(id, bytes);
        self.happen(Event::Chosen(id.to_owned()));
    }

    /// Presses a button with this in the inputs, and waits for what follows.
    pub(super) fn press(&mut self, action: &str, typed: &[(&str, &str)]) {
        for (id, text) in typed {
            self.give(id, text);
        }
        let drawn = [self.region("keys"), self.region("keys-open")].concat();
        assert!(drawn.contains(&format!("id=\"{action}\"")), "there is a button {action}");
        self.happen(Event::Pressed(action.to_owned()));
        self.wait();
    }

    fn wait(&mut self) {
        while let Some(wait) = self.state.waits() {
            self.go_on(wait);
        }
    }

    fn go_on(&mut self, wait: Wait) {
        let random = Random { seed: [1; 32].into(), salt: [2; 16], iv: [3; 16] };
        self.happen(match wait {
            Wait::Begin => Event::Ready { now: NOW.to_owned(), random: Some(random) },
            Wait::Portion => Event::Portion { took: 10 },
        });
    }

    fn happen(&mut self, event: Event) {
        for effect in update(&mut self.state, event) {
            match effect {
                Effect::Attribute { id, name, value: Some(value) } => {
                    self.attributes.insert((id, name), value);
                }
                Effect::Attribute { id, name, value: None } => {
                    self.attributes.remove(&(id, name));
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::Focus(id) => self.focus = id,
                Effect::Replace { region, html } => {
                    assert!(!html.contains(PASSPHRASE), "a passphrase is never drawn");
                    self.regions.insert(region, html);
                }
                Effect::Save { file_name, text } => self.saved.push((file_name, text)),
                other => panic!("the edge does not do {other:?}"),
            }
        }
    }

    pub(super) fn region(&self, name: &str) -> &str {
        self.regions.get(name).map_or("", String::as_str)
    }

    fn attribute(&self, id: &str, name: &'static str) -> Option<&str> {
        self.attributes.get(&(id.to_owned(), name)).map(String::as_str)
    }

    /// The file that was offered last.
    fn last(&self) -> (&str, &str) {
        let (name, text) = self.saved.last().expect("a file was offered");
        (name, text)
    }

    fn make(&mut self) {
        self.press("make-key", &[("new-passphrase", PASSPHRASE), ("same-passphrase", PASSPHRASE)]);
    }
}

#[test]
fn a_key_is_made_locked_saved_and_open() {
    let mut place = Place::at(Panel::Seal);
    assert_eq!(place.state.secret(), None);
    place.make();
    let (name, pem) = place.last();
    assert_eq!(name, "key.pem");
    let key = key_file::read(pem.as_bytes(), PASSPHRASE.as_bytes()).expect("it opens");
    assert_eq!(place.state.secret().map(|secret| secret[0]), Some(1), "from the random bytes");
    assert_eq!(place.focus, "which-key");
    let open = place.region("keys-open");
    assert!(open.contains("This return will be sealed with your key file."), "{open}");
    assert!(open.contains(&key.public().thumbprint().to_string()), "{open}");
    let code = key.public().thumbprint().enrolment_code();
    for group in code.split('-') {
        assert!(open.contains(&format!("<span class=\"ia-check-code__group\">{group}</span>")));
    }
}

#[test]
fn over_plain_http_the_key_file_is_a_text() {
    let mut place = Place::at(Panel::Seal);
    place.give("plain-http", "yes");
    place.make();
    assert_eq!(place.last().0, "key.pem.txt");
    assert!(place.region("keys").contains("key.pem.txt"));
}

#[test]
fn a_short_or_different_passphrase_makes_no_key() {
    let cases = [
        ("eleven char", "eleven char", "new-passphrase", "12 characters or more"),
        ("", "", "new-passphrase", "12 characters or more"),
        // Twelve bytes and more, but eleven characters
        ("écrits onze", "écrits onze", "new-passphrase", "12 characters or more"),
        (PASSPHRASE, "", "same-passphrase", "differ"),
        (PASSPHRASE, "four words, e\u{301}crits", "same-passphrase", "differ"),
    ];
    for (new, same, id, says) in cases {
        let mut place = Place::at(Panel::Seal);
        place.press("make-key", &[("new-passphrase", new), ("same-passphrase", same)]);
        assert!(place.region(&format!("{id}-message")).contains(says), "{new} {same}");
        assert_eq!(place.attribute(id, "aria-invalid"), Some("true"));
        assert_eq!(place.focus, id);
        assert!(place.saved.is_empty() && place.state.secret().is_none());
        // Mended, nothing is said any more.
        place.make();
        assert_eq!(place.saved.len(), 1);
    }
}

#[test]
fn without_random_numbers_no_key_is_made() {
    let mut place = Place::at(Panel::Seal);
    for id in ["new-passphrase", "same-passphrase"] {
        place.give(id, PASSPHRASE);
    }
    place.happen(Event::Pressed("make-key".to_owned()));
    assert!(place.region("making").contains("Making your key…"), "said before it is done");
    place.happen(Event::Ready { now: NOW.to_owned(), random: None });
    assert!(place.region("new-passphrase-message").contains("no random numbers"));
    assert_eq!(place.region("making"), "");
    assert!(place.state.secret().is_none());
}

#[test]
fn a_second_press_while_a_key_is_made_does_nothing() {
    let mut place = Place::at(Panel::Seal);
    for id in ["new-passphrase", "same-passphrase"] {
        place.give(id, PASSPHRASE);
    }
    place.happen(Event::Pressed("make-key".to_owned()));
    place.happen(Event::Pressed("make-key".to_owned()));
    assert_eq!(place.region("new-passphrase-message"), "");
    place.wait();
    assert_eq!(place.saved.len(), 1);
}

#[test]
fn a_forgotten_key_is_gone_and_one_that_is_open_outlives_the_step() {
    let mut place = Place::at(Panel::Seal);
    place.make();
    place.happen(Event::Shown(Panel::Start));
    assert!(place.region("keys-open").contains("still open"));
    assert!(place.state.secret().is_some());
    place.press("forget-key", &[]);
    assert_eq!(place.state.secret(), None);
    assert!(place.region("keys-open").contains("closed and forgotten"));
    assert_eq!(place.focus, "which-key");
    place.happen(Event::Shown(Panel::Seal));
    assert_eq!(place.region("keys-open"), "");
    assert!(place.region("keys").contains("id=\"key-file\""), "another can be opened");
}

#[test]
fn a_request_says_who_asks_and_is_signed_with_the_key() {
    let mut place = Place::at(Panel::Seal);
    for (id, text) in
        [("request-organisation", "RX1"), ("request-name", "<Ann>"), ("request-job-title", "")]
    {
        place.give(id, text);
    }
    place.make();
    assert!(place.region("keys").contains("value=\"RX1\""));
    assert!(place.region("keys").contains("value=\"&lt;Ann&gt;\""), "escaped");
    place.press("request", &[("request-job-title", "  ")]);
    assert!(place.region("request-job-title-message").contains("Enter your job title"));
    assert_eq!(place.focus, "request-job-title");
    let typed = [("request-organisation", " rx1 "), ("request-job-title", "Analyst")];
    place.press("request", &typed);
    let (name, text) = place.last();
    assert_eq!(name, "ia-enrolment_RX1.json");
    let request = Enrolment::read(text.as_bytes()).expect("the command line reads it");
    assert_eq!((&*request.organisation, &*request.holder_role), ("RX1", "Analyst"));
    let key = SecretKey::from_seed((*place.state.secret().unwrap()).into());
    assert_eq!(request.key, key.public().thumbprint());
    let groups: String = request.check_code().chars().filter(|letter| *letter != '-').collect();
    assert_eq!(groups.len() * 5, 100, "bits of the check code");
}

#[test]
fn a_file_that_was_not_saved_can_be_copied() {
    let mut place = Place::at(Panel::Seal);
    place.make();
    place.happen(Event::Saved(false));
    assert!(place.region("key-saved").contains("The browser refused to save the file"));
    place.press("copy-key", &[]);
    assert_eq!(place.copied, [place.last().1]);
    place.happen(Event::Copied(true));
    assert!(place.region("key-saved").contains("The text is copied"));
    place.press("save-key", &[]);
    place.happen(Event::Saved(true));
    assert!(place.region("key-saved").contains("in your downloads"));
    assert_eq!(place.saved[0], place.saved[1], "the same file, not another");
    assert!(place.region("keys").contains("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}

#[test]
fn what_is_typed_can_be_shown() {
    let mut place = Place::at(Panel::Seal);
    let box_of_both = "show-new-passphrase".to_owned();
    place.happen(Event::Ticked { id: box_of_both.clone(), on: true });
    assert_eq!(place.attribute("new-passphrase", "type"), Some("text"));
    assert_eq!(place.attribute("same-passphrase", "type"), Some("text"));
    assert_eq!(place.attribute("passphrase", "type"), None);
    place.happen(Event::Ticked { id: box_of_both, on: false });
    assert_eq!(place.attribute("new-passphrase", "type"), Some("password"));
}

#[test]
fn a_file_that_cannot_be_read_is_asked_for_again() {
    let mut place = Place::at(Panel::Seal);
    place.press("open-key", &[("passphrase", PASSPHRASE)]);
    assert!(place.region("key-file-message").contains("Choose your key file"));
    place.happen(Event::NotRead("key-file".to_owned()));
    assert!(place.region("key-file-message").contains("cannot read this file"));
}

// Receipts.

fn file() -> String {
    sealed(&set()).text
}

/// The next version of it.
fn newer() -> String {
    String::from_utf8(resealed(&set(), |file| file["return"]["revision"] = 2.into())).unwrap()
}

fn receipt_for(text: &str) -> String {
    let verified = verify(text.as_bytes(), &set()).expect("it verifies");
    let header = Header {
        role: Role::Preparer,
        signer_name: "Collator on duty".to_owned(),
        signer_job_title: "Regional analyst".to_owned(),
        signed_at: at(IN_TIME),
    };
    let key = SecretKey::from_seed([8; 32].into());
    Receipt::of(&verified, at(IN_TIME)).seal(&key, &header)
}

fn said_of(receipt: &str, returned: &str) -> String {
    let mut place = Place::at(Panel::Start);
    place.choose("receipt", receipt);
    if !returned.is_empty() {
        place.choose("receipt-return", returned);
    }
    place.region("receipt-said").to_owned()
}

#[test]
fn a_receipt_for_this_return_says_when_what_and_from_whom() {
    let file = file();
    let receipt = receipt_for(&file);
    let mut place = Place::at(Panel::Done);
    place.give("sealed", &file);
    place.choose("receipt", &receipt);
    let said = place.region("receipt-said");
    assert!(said.contains("This receipt is for this return."), "{said}");
    assert!(said.contains("10:40am BST on Friday 28 July 2023"), "{said}");
    assert!(said.contains("checked it again with the same result"), "{said}");
    let thumbprint = SecretKey::from_seed([8; 32].into()).public().thumbprint();
    assert!(said.contains(&thumbprint.enrolment_code()) && said.contains(&thumbprint.to_string()));
    assert!(said.contains("This page does not know whose check code that is"), "{said}");
    // No receipt chosen any more.
    place.choose("receipt", "");
    assert_eq!(place.region("receipt-said"), "");
}

#[test]
fn a_receipt_for_another_return_or_none_at_hand_is_named() {
    let (file, other) = (file(), newer());
    let receipt = receipt_for(&file);
    assert!(said_of(&receipt, "").contains("has not been changed since it was made"));
    assert!(said_of(&receipt, &other).contains("for another return, not for this one"));
    assert!(said_of(&receipt, &file).contains("This receipt is for this return."));
    assert!(said_of(&receipt, &receipt).contains("not a sealed return"));
    assert!(said_of(&receipt, &file.replace("Nottingham", "Nottinham")).contains("was changed"));
}

#[test]
fn a_forged_receipt_is_refused() {
    let receipt = receipt_for(&file());
    for changed in [
        receipt.replace("\"revision\": 1", "\"revision\": 2"),
        receipt.replace("\"verdict\": \"unchanged\"", "\"verdict\": \"fine\""),
    ] {
        assert_ne!(changed, receipt);
        assert!(said_of(&changed, "").contains("This receipt is forged, or was changed"));
    }
    assert!(said_of(&file(), "").contains("This file is not a receipt."));
    assert!(said_of("{", "").contains("cannot be read as a receipt"));
}

#[test]
fn a_receipt_that_says_of_its_return_what_is_not_so_is_not_relied_on() {
    let file = file();
    let verified = verify(file.as_bytes(), &set()).expect("it verifies");
    let header = Header {
        role: Role::Preparer,
        signer_name: "\u{202e}<b>".to_owned(),
        signer_job_title: "Nobody".to_owned(),
        signed_at: at(IN_TIME),
    };
    let receipt = Receipt::of(&verified, at(IN_TIME));
    let wrong = [
        Receipt { revision: 2, ..receipt.clone() },
        Receipt { organisation: "RHA".to_owned(), ..receipt.clone() },
        Receipt { template: "readiness".to_owned(), ..receipt.clone() },
        Receipt { collection: "practice".to_owned(), ..receipt.clone() },
    ];
    for receipt in wrong {
        let said = said_of(&receipt.seal(&SecretKey::from_seed([8; 32].into()), &header), &file);
        assert!(said.contains("says of it what is not so"), "{said}");
        assert!(said.contains("[U+202E]&lt;b&gt;"), "shown safely: {said}");
    }
}
