//! The collator's page, driven by events as a person would, without a browser.

use ia_returns::collate::{Bench, Decisions, Judged, Operator, collate, export, judge};
use ia_returns::page::Effect;
use ia_returns::page::collate::{Ask, Event, State, update};
use ia_returns::register::{Received, Source};
use ia_returns::sign::SecretKey;

use crate::collate::hostile::{Place, packed};
use crate::support::{FIGURES, IN_TIME, answer, at, cell, documents, filled, sealed, set};
use ia_returns::file::{Sealing, seal};
use std::collections::BTreeMap;
use std::io::Read as _;

const NOW: &str = "2023-07-28T14:00:00+01:00";

/// What a person would see and get.
#[derive(Default)]
struct Page {
    state: State,
    drawn: String,
    title: String,
    focus: String,
    saved: Vec<(String, String)>,
    saved_bytes: Vec<(String, Vec<u8>)>,
    stops: usize,
}

impl Page {
    fn start() -> Self {
        let mut page = Self::default();
        let pictures = pictures().into_iter().map(|(_, json)| json).collect();
        page.hear(Event::Start { now: NOW.to_owned(), documents: documents().to_vec(), pictures });
        page
    }

    /// As far as the screen on which files are added.
    fn begun() -> Self {
        let mut page = Self::start();
        page.enter("collection", "sor-2023-07");
        for (id, text) in [("day", "28"), ("month", "7"), ("year", "2023"), ("time", "11:00")] {
            page.enter(&format!("received.{id}"), text);
        }
        page.press("begin", "");
        assert!(page.title.starts_with("Add the files"), "{}", page.title);
        page
    }

    fn hear(&mut self, event: Event) {
        for ask in update(&mut self.state, event) {
            match ask {
                Ask::Page(Effect::Draw(html)) => self.drawn = html,
                Ask::Page(Effect::Replace { region, html }) => {
                    self.drawn += &["<", &region, ">", &html].concat();
                }
                Ask::Page(Effect::Title(title)) => self.title = title,
                Ask::Page(Effect::Focus(id)) => self.focus = id,
                Ask::Page(Effect::Save { file_name, text }) => self.saved.push((file_name, text)),
                Ask::SaveBytes { file_name, bytes } => self.saved_bytes.push((file_name, bytes)),
                Ask::Stop => self.stops += 1,
                Ask::Page(_) => {}
            }
        }
        if self.state.is_working() {
            self.hear(Event::Ready { now: NOW.to_owned() });
        }
    }

    fn enter(&mut self, id: &str, text: &str) {
        self.state.give(id.to_owned(), text.as_bytes().to_vec());
    }

    fn press(&mut self, action: &str, value: &str) {
        let (action, value) = (action.to_owned(), value.to_owned());
        self.hear(Event::Pressed { action, value, now: NOW.to_owned() });
    }

    /// Adds files, all of them.
    fn add(&mut self, files: &[(&str, &[u8])]) {
        for (name, bytes) in files {
            self.state.add(name, u64::try_from(bytes.len()).unwrap(), Some(bytes));
            while self.state.more() {}
        }
        let total = files.len();
        self.hear(Event::Read { done: total, total, now: NOW.to_owned() });
    }

    fn view(&mut self, word: &str) -> &str {
        self.press("view", word);
        &self.drawn
    }
}

fn pictures() -> Vec<(ia_returns::collate::Picture, String)> {
    let files = ia_returns::cli::sources::pictures(None).expect("the shipped pictures");
    let read = |file| ia_returns::collate::author::picture(file).expect("a picture");
    files.iter().map(read).collect()
}

/// Another return of the same organisation and version number, sealed with another key.
fn other_version() -> String {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    answer(&mut draft, &cell(0, 0, "due_to_work"), &(FIGURES[0][0][0] + 1).to_string());
    let key = SecretKey::from_seed([8; 32].into());
    seal(&draft, &Sealing::new(&draft, &key, at(IN_TIME), "native")).expect("it can be sealed").text
}

#[test]
fn a_collection_has_to_be_chosen_and_a_time_that_cannot_be_read_is_said() {
    let mut page = Page::start();
    page.enter("received.day", "32");
    page.press("begin", "");
    assert!(page.title.starts_with("Error: "), "{}", page.title);
    assert!(page.drawn.contains("Choose which collection the returns are for"));
    assert!(page.drawn.contains("Enter a day, month, year and time"));
    assert_eq!(page.focus, "collection");
}

#[test]
fn files_become_verdicts_and_totals_which_are_those_of_the_core() {
    let sealed = sealed(&set()).text;
    let mut page = Page::begun();
    let workbook = packed(&[("[Content_Types].xml", b"<x/>")]);
    let files: [(&str, &[u8]); 4] = [
        ("in/return.json", sealed.as_bytes()),
        ("again/return.json", sealed.as_bytes()),
        ("SitRep.xlsx", &workbook),
        ("notes.txt", b"Nothing to report"),
    ];
    page.add(&files);
    assert!(page.title.starts_with("Expected and received"), "{}", page.title);
    assert!(page.drawn.contains("of 4 files"), "{}", page.drawn);
    let shown = page.view("files").to_owned();
    for said in ["They count", "Copies of a return that is here already", "Workbooks and other"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    page.enter("table", "totals");
    page.press("save-table", "");
    let [(name, text)] = page.saved.as_slice() else { panic!("one file: {:?}", page.saved) };
    assert_eq!(name, "totals_sor-2023-07_20230728-1400.csv");
    assert_eq!(*text, totals_of_the_core(&files));
    assert!(text.contains(",person_days_absent,") || text.contains("absent_ia"), "{text}");
}

/// The same files put together without the page.
fn totals_of_the_core(files: &[(&str, &[u8])]) -> String {
    let (set, pictures) = (set(), pictures().into_iter().map(|(own, _)| own).collect::<Vec<_>>());
    let bench = Bench { set: &set, pictures: &pictures, collection: "sor-2023-07" };
    let received = Received::At(at("2023-07-28T11:00:00+01:00"), Source::Stated);
    let judged =
        files.iter().map(|(name, bytes)| Judged { received, ..judge(name, bytes, &bench) });
    let expected = set.expected("sor-2023-07").map(|list| &**list);
    let operator = Operator { bench, expected, register: None, now: at(NOW) };
    let decisions = Decisions::about("sor-2023-07");
    let collation = collate(judged.collect(), &operator, &decisions);
    let tables = collation.tables(&operator, &decisions);
    let totals = tables.iter().find(|table| table.id == "totals").expect("totals");
    assert!(!totals.rows.is_empty());
    export::csv(totals).expect("it is written")
}

#[test]
fn a_file_that_is_added_again_is_there_once() {
    let sealed = sealed(&set()).text;
    let mut page = Page::begun();
    let files: [(&str, &[u8]); 2] = [("a.json", sealed.as_bytes()), ("b.txt", b"b")];
    page.add(&files);
    page.press("add-files", "");
    page.add(&files);
    assert!(page.drawn.contains("of 2 files"), "{}", page.drawn);
}

#[test]
fn a_hostile_name_is_shown_and_does_nothing() {
    let mut page = Page::begun();
    page.add(&[("<img src=x onerror=alert(1)>\u{202e}gpj.\n\u{7}json", b"{}")]);
    let shown = page.view("files");
    assert!(
        shown.contains("&lt;img src=x onerror=alert(1)&gt;\\u{202e}gpj.\\u{a}\\u{7}json"),
        "{shown}"
    );
    assert!(!shown.contains("<img"), "{shown}");
}

#[test]
fn cancel_stops_reading_and_the_result_says_of_what_it_is() {
    let sealed = sealed(&set()).text;
    let mut page = Page::begun();
    page.hear(Event::Progress { done: 0, total: 600 });
    assert!(page.drawn.contains("data-action=\"cancel\""), "{}", page.drawn);
    page.state.add("a.json", 1, Some(sealed.as_bytes()));
    page.press("cancel", "");
    assert_eq!(page.stops, 1);
    page.hear(Event::Read { done: 1, total: 600, now: NOW.to_owned() });
    assert!(page.drawn.contains("You stopped reading after 1 file of 600"), "{}", page.drawn);
}

#[test]
fn a_sender_is_confirmed_in_one_step_by_somebody_with_a_name() {
    let sealed = sealed(&set());
    let mut page = Page::begun();
    page.add(&[("a.json", sealed.text.as_bytes())]);
    let shown = page.view("senders").to_owned();
    let value = shown.split("data-action=\"confirm\" data-value=\"").nth(1).expect("a button");
    let value = value.split('"').next().unwrap().to_owned();
    assert!(value.starts_with("RX1 "), "{value}");
    page.press("confirm", &value);
    assert_eq!(page.focus, "decided-by");
    page.enter("decided-by", "Duty collator");
    page.press("confirm", &value);
    assert!(page.drawn.contains("The sender for RX1 is confirmed."), "{}", page.drawn);
    page.drawn.clear();
    assert!(page.view("senders").contains("There is no sender to confirm."));
    page.press("save-collation", "");
    let (name, text) = page.saved.first().expect("it is saved");
    assert!(name.starts_with("ia-collation_sor-2023-07_"), "{name}");
    let kept = Decisions::read(text.as_bytes()).expect("it opens again");
    assert_eq!(kept.confirmed.len(), 1);
    assert_eq!(kept.seen.len(), 1);
}

#[test]
fn of_two_versions_that_differ_one_is_chosen_and_that_can_be_taken_back() {
    let (one, other) = (sealed(&set()), other_version());
    let mut page = Page::begun();
    page.add(&[("a.json", one.text.as_bytes()), ("b.json", other.as_bytes())]);
    let shown = page.view("choose").to_owned();
    assert_eq!(shown.matches("data-action=\"choose\"").count(), 2, "{shown}");
    page.press("choose", &one.id);
    page.drawn.clear();
    let shown = page.view("choose");
    assert!(shown.contains("There is nothing to choose"), "{shown}");
    assert!(shown.contains("data-action=\"take-back\""), "{shown}");
    page.press("take-back", &one.id);
    page.drawn.clear();
    assert_eq!(page.view("choose").matches("data-action=\"choose\"").count(), 2);
}

#[test]
fn no_screen_shows_a_rule_or_a_word_of_the_code() {
    let (one, other) = (sealed(&set()), other_version());
    let mut page = Page::begun();
    page.add(&[("a.json", one.text.as_bytes()), ("b.json", other.as_bytes()), ("c", b"")]);
    for view in [
        "overview", "files", "chase", "senders", "choose", "queries", "totals", "risk", "entered",
        "save",
    ] {
        let shown = page.view(view);
        for word in ["Fork", "fork:", "BQ0", "BE0", "thumbprint", "workforce_sitrep<"] {
            assert!(!shown.contains(word), "{view} shows “{word}”: {shown}");
        }
        assert!(
            shown.contains("id=\"heading\"") && shown.contains("id=\"view-heading\""),
            "{view}"
        );
    }
}

/// Whoever sealed the lists among the vectors.
const KEEPER: &str = "UDDReOZl1ipXAfp9wYsm13sDBMK5og--QWdBjzuf6o4";

fn vector(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    std::fs::read(folder.join(name)).expect("the file is there")
}

#[test]
fn sealed_lists_are_taken_from_whom_the_operator_names_and_from_nobody_else() {
    let mut page = Page::start();
    page.enter("collection", "sor-2023-07");
    page.state.give("register".to_owned(), vector("vectors/genuine/register.json"));
    page.state.give("expected-list".to_owned(), vector("vectors/genuine/expected-2.json"));
    page.press("begin", "");
    assert!(page.drawn.contains("anybody could have made this one"), "{}", page.drawn);
    page.drawn.clear();
    page.enter("list-signer", "somebody");
    page.press("begin", "");
    assert!(page.drawn.contains("This is no thumbprint"), "{}", page.drawn);
    page.drawn.clear();
    page.enter("list-signer", &KEEPER.replace('U', "V"));
    page.press("begin", "");
    assert!(page.drawn.contains("whom you named"), "{}", page.drawn);
    page.enter("list-signer", KEEPER);
    page.press("begin", "");
    assert!(page.title.starts_with("Add the files"), "{}", page.title);
    page.add(&[("a.json", sealed(&set()).text.as_bytes())]);
    assert!(page.drawn.contains("To be chased ("), "the list says who is missing: {}", page.drawn);
}

#[test]
fn a_chase_list_is_saved_for_each_region() {
    let mut page = Page::start();
    page.enter("collection", "sor-2023-07");
    page.enter("list-signer", KEEPER);
    page.state.give("expected-list".to_owned(), vector("vectors/genuine/expected-2.json"));
    page.press("begin", "");
    page.add(&[("notes.txt", b"Nothing to report")]);
    let shown = page.view("chase").to_owned();
    let region = shown.split("data-action=\"save-chase\" data-value=\"").nth(1).expect("a button");
    let region = region.split('"').next().unwrap().to_owned();
    page.press("save-chase", &region);
    let (name, text) = page.saved.first().expect("a list");
    assert!(name.starts_with(&format!("ia-chase_{region}_sor-2023-07_")), "{name}");
    assert!(text.contains("As at 2:00pm BST on Friday 28 July 2023"), "{text}");
    assert!(text.contains("Missing"), "{text}");
}

#[test]
fn figures_that_came_another_way_count_and_say_so() {
    let draft = vector("data/drafts/rx1-complete.json");
    let mut page = Page::begun();
    page.add(&[("notes.txt", b"Nothing to report")]);
    page.view("entered");
    page.press("enter", "");
    for said in [
        "Choose the file with the figures",
        "Choose how the figures came",
        "Enter who gave",
        "Enter your name",
        "Enter when",
    ] {
        assert!(page.drawn.contains(said), "{said}");
    }
    page.state.give("figures".to_owned(), draft);
    page.enter("figures-source", "telephone");
    page.enter("figures-from", "Analyst on duty");
    page.enter("decided-by", "Duty collator");
    for (id, text) in [("day", "28"), ("month", "7"), ("year", "2023"), ("time", "11:20")] {
        page.enter(&format!("figures-at.{id}"), text);
    }
    page.drawn.clear();
    page.press("enter", "");
    assert!(page.drawn.contains("The figures of RX1 are entered."), "{}", page.drawn);
    assert!(page.drawn.contains("from a telephone call"), "{}", page.drawn);
    assert!(!page.drawn.contains("They do not count"), "{}", page.drawn);
    assert!(page.view("overview").contains("Entered by region"));
    page.view("entered");
    page.press("take-out", "0");
    assert!(page.drawn.contains("The figures are taken out."), "{}", page.drawn);
}

/// On the screen of figures that came another way, with who gave them, how and when.
fn told() -> Page {
    let mut page = Page::begun();
    page.add(&[("notes.txt", b"Nothing to report")]);
    page.view("entered");
    for (id, text) in [
        ("figures-source", "telephone"),
        ("figures-from", "Analyst on duty"),
        ("decided-by", "Duty collator"),
        ("figures-at.day", "28"),
        ("figures-at.month", "7"),
        ("figures-at.year", "2023"),
        ("figures-at.time", "11:20"),
    ] {
        page.enter(id, text);
    }
    page
}

#[test]
fn figures_are_typed_and_pasted_without_a_draft() {
    let mut page = told();
    page.press("type-begin", "");
    assert!(page.drawn.contains("Enter the code of the organisation"), "{}", page.drawn);
    page.enter("typed-for", "rx1");
    page.enter("typed-return", "workforce_sitrep");
    page.drawn.clear();
    page.press("type-begin", "");
    assert_eq!(page.focus, "typed-figures");
    assert!(page.drawn.contains("Nottingham University Hospitals"), "{}", page.drawn);
    // Nobody is asked who prepared and who agreed it.
    assert!(!page.drawn.contains("figure:about.submitter_name"), "{}", page.drawn);
    page.enter("figure:about.nil_return", "no");
    page.enter("figure:workforce.staffing.2023-07-25.diagnostic_radiographer.absent_ia", "sixty");
    page.drawn.clear();
    page.press("type-enter", "");
    assert!(page.title.starts_with("Error: "), "{}", page.title);
    assert!(page.drawn.contains("is “sixty”. Enter a whole number"), "{}", page.drawn);
    assert!(page.drawn.contains("value=\"sixty\""), "nothing that was typed is lost");
    // A table from a spreadsheet, with its headings: due to work, absent.
    let row = "Radiographers\t60\t12\n";
    let rows = page.drawn.matches("class=\"ia-figures__row\"").count();
    page.enter("pasted-figures", &["Group\tDue to work\tAbsent\n", &row.repeat(rows)].concat());
    page.press("type-paste", "");
    assert!(page.drawn.contains(&format!("{} figures are filled in.", rows * 2)), "{}", page.drawn);
    page.drawn.clear();
    page.press("type-enter", "");
    assert!(page.drawn.contains("The figures of RX1 are entered."), "{}", page.drawn);
    assert!(!page.drawn.contains("They do not count"), "{}", page.drawn);
    assert!(page.view("overview").contains("Entered by region"));
    page.press("save-collation", "");
    let (_, text) = page.saved.last().expect("a file");
    let kept = Decisions::read(text.as_bytes()).expect("it reads");
    assert_eq!(kept.entered.len(), 1);
    assert!(text.contains("\"absent_ia\": 12"), "{text}");
    // The boxes are empty for the next organisation, and nothing is entered of what is given up.
    page.view("entered");
    page.press("type-begin", "");
    page.drawn.clear();
    page.press("type-check", "");
    assert!(!page.drawn.contains("value=\"12\""), "{}", page.drawn);
    page.press("type-drop", "");
    assert!(page.drawn.contains("Nothing is entered."));
}

#[test]
fn the_questions_are_saved_as_a_file_and_read_again_when_it_is_filled_in() {
    let mut page = told();
    page.enter("typed-for", "RX1");
    page.enter("typed-return", "workforce_sitrep");
    page.press("type-begin", "");
    page.press("save-form", "");
    let (name, blank) = page.saved.pop().expect("a file");
    assert_eq!(name, "ia-figures_RX1_sor-2023-07_20230728-1400.csv");
    page.state.give("figures".to_owned(), blank.clone().into_bytes());
    page.press("enter", "");
    assert!(page.drawn.contains("There is no figure in this file"), "{}", page.drawn);
    let who = "RX1,workforce_sitrep,,Analyst,email,2023-07-28T11:20:00+01:00,Collator,";
    let filled = blank.replace("RX1,workforce_sitrep,,,,,,", who);
    let filled = filled
        .replace(".absent_ia,,", ".absent_ia,7,")
        .replace(".due_to_work,,", ".due_to_work,9,");
    let filled = filled.replace("nil_return,,", "nil_return,No,");
    page.state.give("figures".to_owned(), filled.into_bytes());
    page.press("enter", "");
    assert!(page.drawn.contains("The figures of 1 return are entered."), "{}", page.drawn);
    assert!(!page.drawn.contains("They do not count"), "{}", page.drawn);
}

#[test]
fn the_return_of_a_region_is_begun_as_a_draft() {
    let mut page = Page::begun();
    page.add(&[("a.json", sealed(&set()).text.as_bytes())]);
    page.view("save");
    page.press("save-region", "");
    assert!(page.drawn.contains("Choose the region whose return you begin"), "{}", page.drawn);
    page.enter("region", "Y60");
    page.press("save-region", "");
    let (name, text) = page.saved.first().expect("a draft");
    assert!(name.starts_with("ia-draft_sor-2023-07_self_assessment_Y60"), "{name}");
    ia_returns::file::DraftFile::read(text.as_bytes()).expect("the submitter’s page opens it");
}

/// The files of an archive, by their names.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut files = BTreeMap::new();
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        let name = entry.name().expect("a name").into_owned();
        assert!(files.insert(name, bytes).is_none());
    }
    files
}

#[test]
fn everything_in_one_archive_is_what_the_command_line_writes_byte_for_byte() {
    let files = [
        ("good.json", sealed(&set()).text.into_bytes()),
        ("other/fork.json", other_version().into_bytes()),
        ("notes.txt", b"Nothing to report".to_vec()),
    ];
    let place = Place::new("archive");
    let mut page = Page::begun();
    for (name, bytes) in &files {
        place.put(name, bytes);
    }
    let files = files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice()));
    page.add(&files);
    page.press("save-all", "");
    let time = "2023-07-28T11:00:00+01:00";
    place.run(&["--received-at", time, "--region", "Y60", "--expected", "sor-2023-07"]);
    let (name, bytes) = page.saved_bytes.pop().expect("an archive");
    assert_eq!(name, "ia-collation_sor-2023-07_20230728-1400.zip");
    page.enter("region", "Y60");
    page.press("save-all", "");
    let (_, again) = page.saved_bytes.pop().expect("an archive");
    assert_ne!(again, bytes, "the draft of the region is in it");
    let mut mine = unpacked(again);
    for needed in ["briefing.html", "receipts.html", "collation.xlsx", "csv/datapackage.json"] {
        assert!(mine.contains_key(needed), "{needed}");
    }
    let out = place.0.join("out");
    let list = std::fs::read_to_string(out.join("contents.json")).expect("a list");
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    for file in list["files"].as_array().expect("a list") {
        let name = file.as_str().expect("a name");
        let theirs = std::fs::read(out.join(name)).expect("a file");
        assert!(mine.remove(name).as_ref() == Some(&theirs), "{name} differs");
    }
    assert!(mine.is_empty(), "{:?}", mine.keys());
}

#[test]
fn the_briefing_and_the_table_of_receipts_are_saved_as_pages() {
    let mut page = Page::begun();
    page.add(&[("a.json", sealed(&set()).text.as_bytes())]);
    page.press("save-briefing", "");
    page.press("save-receipts", "");
    let [(briefing, one), (receipts, other)] = page.saved.as_slice() else { panic!("two files") };
    assert_eq!(briefing, "ia-briefing_sor-2023-07_20230728-1400.html");
    assert_eq!(receipts, "ia-receipts_sor-2023-07_20230728-1400.html");
    for html in [one, other] {
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains("default-src 'none'"));
        assert!(html.contains("OFFICIAL"), "{html}");
    }
    assert!(other.contains("RX1"), "{other}");
}

#[test]
fn archives_are_opened_as_the_command_line_opens_them() {
    let sealed = sealed(&set()).text;
    let other = other_version();
    let inner = packed(&[("deep/one.json", sealed.as_bytes()), ("empty.json", b"")]);
    let files = [
        ("a.zip", packed(&[("return.json", other.as_bytes())])),
        (
            "b.zip",
            packed(&[("../../up.json", sealed.as_bytes()), ("in.zip", &inner), ("x.txt", b"x")]),
        ),
        ("broken.zip", b"PK\x03\x04 and no more".to_vec()),
        ("book.xlsx", packed(&[("[Content_Types].xml", b"<x/>")])),
        ("void.zip", packed(&[])),
    ];
    let place = Place::new("opened");
    let mut page = Page::begun();
    for (name, bytes) in &files {
        place.put(name, bytes);
    }
    page.add(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));
    let time = "2023-07-28T11:00:00+01:00";
    place.run(&["--received-at", time, "--expected", "sor-2023-07"]);
    page.enter("table", "files");
    page.press("save-table", "");
    let (_, mine) = page.saved.pop().expect("a table");
    let theirs = std::fs::read_to_string(place.0.join("out/csv/files.csv")).expect("a table");
    assert_eq!(mine, theirs);
    let columns = ["file", "verdict", "received_by"];
    let found = place.column("files", &columns);
    assert_eq!(found[0], "a.zip/return.json|fork|stated");
    assert_eq!(found.len(), 8, "{found:?}");
    page.add(&[("mail.eml", b"Subject: Figures\r\n\r\nWe had 12 absent.\r\n")]);
    assert!(page.view("files").contains("This is an e-mail, which this page does not open"));
}

#[test]
fn an_archive_that_is_not_read_to_its_end_is_closed() {
    let sealed = sealed(&set()).text;
    let many: Vec<(String, &[u8])> =
        (0..20).map(|number| (format!("{number}.txt"), sealed.as_bytes())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let archive = packed(&many);
    let mut page = Page::begun();
    page.state.add("many.zip", u64::try_from(archive.len()).unwrap(), Some(&archive));
    assert!(page.state.more() && page.state.more());
    page.hear(Event::Read { done: 0, total: 1, now: NOW.to_owned() });
    assert!(!page.state.more(), "what was ended does not go on with the next file");
    assert!(page.drawn.contains("of 2 files"), "{}", page.drawn);
    assert!(page.drawn.contains("You stopped reading after"), "{}", page.drawn);
    // The first 4 MB of a longer archive, which the page does not open, are no archive that is broken.
    let mut page = Page::begun();
    page.state.add("long.zip", 300_000_000, Some(&archive));
    page.hear(Event::Read { done: 1, total: 1, now: NOW.to_owned() });
    let shown = page.view("files");
    assert!(shown.contains("archive") || shown.contains("longer than"), "{shown}");
}
