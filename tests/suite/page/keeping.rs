//! Keeping drafts: what is kept, what is said about it, and how one goes on with it.

use ia_returns::file::Draft;
use ia_returns::page::{Effect, Event, update};

use super::screen::{EXPLANATION, Screen, cell};
use crate::support::{IN_TIME, LATE, set};

/// A screen of a browser that keeps drafts.
fn screen_at(now: &str, can: &str, list: &str) -> Screen {
    let mut screen = Screen::at(now);
    screen.send(Event::Drafts { can: can.to_owned(), list: list.to_owned() });
    screen
}

fn screen() -> Screen {
    screen_at(IN_TIME, "computer", "[]")
}

fn said(screen: &Screen) -> String {
    let region = screen.regions.get("keeping").cloned();
    let drawn = || {
        let (_, after) = screen.drawn.split_once("data-region=\"keeping\">").expect("the region");
        after.split_once("</p>").map_or(after, |(said, _)| said).to_owned()
    };
    let html = region.unwrap_or_else(drawn);
    let mut words = String::new();
    let mut inside = true;
    for letter in html.chars() {
        match letter {
            '<' => inside = false,
            '>' => inside = true,
            letter if inside => words.push(letter),
            _ => {}
        }
    }
    words
}

fn keep(screen: &mut Screen) {
    screen.send(Event::Keep);
}

/// The last that was kept, opened again in a new page.
fn come_back(screen: &Screen, now: &str) -> Screen {
    let [_, draft, beside] = screen.kept.last().expect("something is kept").clone();
    let mut other = screen_at(now, "computer", "[]");
    other.send(Event::Opened { draft, beside });
    other
}

#[test]
fn what_is_typed_is_called_saved_when_it_is_and_not_before() {
    let mut screen = screen();
    screen.reach_figures();
    keep(&mut screen);
    assert_eq!(said(&screen), "Draft saved on this computer at 10:40am");
    screen.keeps = Some(Event::Tick { now: IN_TIME.to_owned() });
    screen.input(&cell(0, 0, "due_to_work"), "8");
    assert!(screen.last.contains(&Effect::KeepSoon));
    assert_eq!(said(&screen), "Not saved yet");
    keep(&mut screen);
    assert_eq!(said(&screen), "Not saved yet", "it was only sent");
    let change = screen.kept.last().unwrap()[0].clone();
    screen.input(&cell(0, 0, "due_to_work"), "88");
    screen.send(Event::Kept { change, now: IN_TIME.to_owned() });
    assert_eq!(said(&screen), "Not saved yet", "something was typed since");
    screen.keeps = None;
    keep(&mut screen);
    assert_eq!(said(&screen), "Draft saved on this computer at 10:40am");
}

#[test]
fn it_is_announced_when_it_becomes_so_and_not_every_time() {
    let mut screen = screen();
    screen.start();
    screen.choose("about.nil_return", "no");
    keep(&mut screen);
    assert_eq!(screen.region("announcement"), "Draft saved on this computer");
    screen.press("continue");
    screen.input(&cell(0, 0, "due_to_work"), "8");
    keep(&mut screen);
    assert_eq!(screen.region("announcement"), "");
    screen.keeps = Some(Event::NotKept { reason: "full".to_owned() });
    screen.input(&cell(0, 0, "due_to_work"), "88");
    keep(&mut screen);
    assert!(screen.region("announcement").contains("no room"));
    screen.input(&cell(0, 0, "due_to_work"), "888");
    keep(&mut screen);
    assert_eq!(screen.region("announcement"), "", "said once");
    screen.keeps = None;
    screen.input(&cell(0, 0, "due_to_work"), "88");
    keep(&mut screen);
    assert_eq!(screen.region("announcement"), "Draft saved on this computer");
}

#[test]
fn leaving_is_held_up_only_while_something_is_not_saved() {
    let mut screen = screen();
    screen.start();
    assert_eq!(update(&mut screen.state, Event::Leaving), [], "nothing was typed");
    screen.choose("about.nil_return", "no");
    assert_eq!(update(&mut screen.state, Event::Leaving), [Effect::Prevent]);
    keep(&mut screen);
    assert_eq!(update(&mut screen.state, Event::Leaving), []);
    screen.keeps = Some(Event::NotKept { reason: "nothing".to_owned() });
    screen.choose("about.nil_return", "yes");
    keep(&mut screen);
    assert_eq!(update(&mut screen.state, Event::Leaving), [Effect::Prevent]);
    screen.press("save-draft");
    assert_eq!(update(&mut screen.state, Event::Leaving), [], "it is in a file");
}

#[test]
fn everything_typed_comes_back_read_or_not_at_its_step() {
    let mut screen = screen();
    screen.reach_figures();
    screen.figures();
    screen.type_in(&cell(0, 0, "absent_other"), "12x");
    screen.choose("workforce.staffing.not_applicable.sonographer", "yes");
    keep(&mut screen);
    let mut other = come_back(&screen, IN_TIME);
    assert_eq!(other.address, "#/section-1");
    assert_eq!(other.asked, ["adopt"]);
    assert!(other.drawn.contains("value=\"12x\""));
    assert!(other.drawn.contains("Draft saved on this computer"));
    let row = "workforce.staffing.2023-07-26.sonographer-row";
    assert!(other.is_hidden(row));
    other.choose("workforce.staffing.not_applicable.sonographer", "");
    assert!(!other.is_hidden(row), "what was typed there is there again");
    other.choose("workforce.staffing.not_applicable.sonographer", "yes");
    other.type_in(&cell(0, 0, "absent_other"), "1");
    other.press("continue");
    assert_eq!(other.address, "#/check", "no figure is missing");
    keep(&mut other);
    assert_eq!(come_back(&other, IN_TIME).address, "#/check");
}

#[test]
fn explanations_and_the_declaration_come_back() {
    let mut screen = screen();
    screen.reach_declaration();
    screen.declare();
    keep(&mut screen);
    let mut other = come_back(&screen, IN_TIME);
    assert_eq!(other.address, "#/declaration");
    assert!(other.drawn.contains("value=\"10:30am\""), "as it was typed");
    other.go_to("#/check");
    assert!(other.drawn.contains("Six were on a training day"));
    other.go_to("#/declaration");
    other.press("continue");
    other.press("seal");
    assert_eq!(other.saved.len(), 1);
}

#[test]
fn a_sealed_return_comes_back_with_its_file_and_can_be_corrected() {
    let mut screen = screen();
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    keep(&mut screen);
    let code = |screen: &Screen| {
        let (_, after) = screen.drawn.split_once("id=\"check-code\"").expect("a code");
        after.split_once("</p>").unwrap().0.to_owned()
    };
    // After the window: a return that was sealed in time is not late.
    let mut other = come_back(&screen, LATE);
    assert_eq!(other.address, "#/done");
    assert_eq!(code(&other), code(&screen));
    assert!(!other.drawn.contains("Why is this return late?"));
    other.press("save");
    assert_eq!(other.saved, screen.saved);
    other.press("correct");
    keep(&mut other);
    let draft = Draft::read(other.kept.last().unwrap()[1].as_bytes(), &set()).expect("a draft");
    let sealed = ia_returns::file::verify(screen.saved[0].1.as_bytes(), &set()).unwrap();
    assert_eq!((draft.revision, draft.supersedes.as_deref()), (2, Some(sealed.id())));
    assert!(!other.kept.last().unwrap()[2].contains("\"sealed\""), "it is a draft again");
}

#[test]
fn no_key_is_ever_kept() {
    let mut screen = screen();
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    keep(&mut screen);
    screen.press("seal");
    keep(&mut screen);
    // The seed of the tests is 32 times 7.
    for kept in screen.kept.iter().flatten() {
        for seed in ["BwcHBwcHBwcH", "0707070707", "7,7,7,7"] {
            assert!(!kept.contains(seed), "{kept}");
        }
        assert!(!kept.contains("PRIVATE"));
    }
}

#[test]
fn a_draft_file_saved_on_one_computer_is_opened_on_another() {
    let mut screen = screen();
    screen.reach_declaration();
    screen.choose("workforce.staffing.not_applicable.sonographer", "yes");
    screen.declare();
    screen.press("save-draft");
    let [(name, text)] = screen.saved.as_slice() else { panic!("one file: {:?}", screen.saved) };
    assert_eq!(name, "ia-draft_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040.json");
    assert!(said(&screen).contains("Draft file saved at 10:40am."), "{}", said(&screen));
    assert!(!said(&screen).contains("cannot be read"));
    let mut other = screen_at(IN_TIME, "computer", "[]");
    other.send(Event::Opened { draft: text.clone(), beside: String::new() });
    assert_eq!(
        (other.address.as_str(), other.asked.as_slice()),
        ("#/seal", &["forget".to_owned()][..])
    );
    other.go_to("#/section-1");
    assert!(other.drawn.contains("value=\"88\""));
    assert!(other.is_hidden("workforce.staffing.2023-07-26.sonographer-row"));
    other.go_to("#/declaration");
    assert!(other.drawn.contains("value=\"10:30\""), "a time comes back in its parts");
    other.press("save-draft");
    assert_eq!(other.saved[0].1, *text, "the same file");
    other.type_in("declared.signoff_at.time", "half past ten");
    assert!(said(&other).contains("What cannot be read is not in the file"), "{}", said(&other));
    other.type_in("declared.signoff_at.time", "10:30");
    keep(&mut other);
    assert!(said(&other).starts_with("Draft saved on this computer at"), "and it is kept here");
}

#[test]
fn what_is_no_draft_of_this_page_is_refused_in_words_and_nothing_changes() {
    let mut made = screen();
    made.reach_declaration();
    made.declare();
    made.press("save-draft");
    made.press("continue");
    made.press("seal");
    let draft = made.saved[0].1.clone();
    let hash = |member: &str| {
        draft
            .split(member)
            .nth(1)
            .unwrap()
            .split('"')
            .find(|part| part.len() == 64)
            .unwrap()
            .to_owned()
    };
    let unknown = draft
        .replace(&hash("\"collection\""), &"0".repeat(64))
        .replace("\"sor-2023-07\"", "\"sor-2029-01\"");
    let older = draft.replace(&hash("\"template\""), &"0".repeat(64));
    let strange = older.replace("\"absent_ia\"", "\"on_strike\"");
    let gone = older.replace("\"sonographer\"", "\"perfusionist\"");
    for (text, words) in [
        (unknown.as_str(), "does not have the collection"),
        (&strange, "earlier version of the questions, and not all"),
        (&gone, "earlier version of the questions, and not all"),
        ("{\"draft\": 1}", "no draft"),
        ("", "no draft"),
        ("{", "no draft"),
    ] {
        let mut screen = screen_at(IN_TIME, "computer", "[]");
        screen.reach_figures();
        screen.type_in(&cell(0, 0, "due_to_work"), "77");
        keep(&mut screen);
        screen.go_to("#/start");
        screen.asked.clear();
        screen.send(Event::Opened { draft: text.to_owned(), beside: String::new() });
        assert!(screen.region("trouble").contains(words), "{words}: {}", screen.region("trouble"));
        assert_eq!((screen.focus.as_str(), screen.asked.len()), ("trouble", 0));
        screen.go_to("#/section-1");
        assert!(screen.drawn.contains("value=\"77\""), "{words}");
    }
    // Every answer has its place: taken over, and said.
    let mut screen = screen_at(IN_TIME, "computer", "[]");
    screen.send(Event::Opened { draft: older, beside: String::new() });
    assert_eq!(screen.address, "#/seal");
    assert!(screen.drawn.contains("earlier version of the questions. Every answer"));
}

#[test]
fn what_is_not_saved_is_not_given_up_for_another_draft() {
    let mut screen = screen();
    screen.reach_figures();
    screen.press("save-draft");
    let file = screen.saved[0].1.clone();
    screen.type_in(&cell(0, 0, "due_to_work"), "77");
    screen.send(Event::Opened { draft: file.clone(), beside: String::new() });
    assert!(screen.region("trouble").contains("is not saved"));
    screen.press_value("open", "another");
    assert!(!screen.asked.contains(&"open another".to_owned()));
    screen.press("save-draft");
    screen.send(Event::Opened { draft: file, beside: String::new() });
    assert!(!screen.drawn.contains("value=\"77\""));
}

const LIST: &str = r#"[
    {"id":"a1","at":"2023-07-28T08:02:03.004Z","label":"Workforce <b>","store":"computer","sealed":"","open":"elsewhere"},
    {"id":"b2","at":"2023-07-27T08:02:03.004Z","label":"Learning","store":"tab","sealed":"yes","open":""}]"#;

#[test]
fn drafts_are_listed_and_each_is_removed_only_when_asked_twice() {
    let mut screen = screen_at(IN_TIME, "computer", LIST);
    let list = screen.region("drafts").to_owned();
    for words in [
        "Workforce &lt;b&gt;",
        "Saved at 9:02am on Friday 28 July 2023",
        "Open in another tab",
        "In this tab only",
        "Sealed",
        "Remove everything from this computer",
    ] {
        assert!(list.contains(words), "{words}: {list}");
    }
    screen.press_value("remove", "a1");
    assert_eq!(screen.focus, "removing");
    assert!(screen.region("drafts").contains("Remove this draft from this computer?"));
    screen.press("remove-not");
    assert_eq!(screen.asked.len(), 0);
    assert!(!screen.region("drafts").contains("Remove this draft from"));
    screen.press_value("remove", "a1");
    screen.press("remove-now");
    assert_eq!(screen.asked, ["remove a1"]);
    screen.send(Event::Drafts { can: "computer".to_owned(), list: "[]".to_owned() });
    assert_eq!(screen.region("announcement"), "The draft is removed.");
    assert_eq!(screen.region("drafts"), "");
}

#[test]
fn removing_everything_takes_what_is_on_the_page_too() {
    let mut screen = screen();
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    keep(&mut screen);
    screen.go_to("#/start");
    let list = LIST.replace("elsewhere", "here");
    screen.send(Event::Drafts { can: "computer".to_owned(), list });
    screen.press_value("remove", "");
    screen.press("remove-now");
    assert_eq!(screen.asked.last().unwrap(), "remove ");
    let kept = screen.kept.len();
    keep(&mut screen);
    assert_eq!(screen.kept.len(), kept, "nothing is kept again");
    screen.press("continue");
    assert!(!screen.drawn.contains("value=\"88\""));
}

#[test]
fn another_return_is_another_draft_and_the_first_stays() {
    let mut screen = screen();
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    keep(&mut screen);
    screen.go_to("#/start");
    screen.input("organisation", "RHA");
    screen.leave("organisation", "");
    screen.asked.clear();
    screen.press("continue");
    assert_eq!(screen.asked, ["forget"]);
    assert_ne!(said(&screen), "Draft saved on this computer at 10:40am");
}

#[test]
fn where_a_sensitive_draft_is_kept_is_for_the_person_to_say() {
    let mut screen = screen();
    screen.choose("collection", "sor-2023-07");
    screen.input("organisation", "RX1");
    screen.leave("organisation", "");
    screen.choose("return", "workforce_sitrep");
    assert_eq!(screen.region("store-question"), "", "OFFICIAL is kept without asking");
    screen.choose("return", "self_assessment");
    assert!(screen.region("store-question").contains("In this tab only"));
    screen.press("continue");
    assert_eq!(screen.address, "#/start");
    assert!(screen.region("summary").contains("href=\"#store\""));
    screen.choose("store", "tab");
    screen.press("continue");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1");
    answer_something(&mut screen);
    keep(&mut screen);
    assert!(screen.kept[0][2].contains("\"store\":\"tab\""));
    let said_so = said(&screen);
    assert!(
        said_so.contains("saved in this tab at 10:40am. It is lost when you close the tab"),
        "{said_so}"
    );
    assert_eq!(update(&mut screen.state, Event::Leaving), [Effect::Prevent]);
    screen.go_to("#/start");
    screen.choose("store", "computer");
    screen.press("continue");
    keep(&mut screen);
    assert!(screen.kept.last().unwrap()[2].contains("\"store\":\"computer\""));
    assert_eq!(update(&mut screen.state, Event::Leaving), []);
}

fn answer_something(screen: &mut Screen) {
    let from = screen.drawn.find("type=\"radio\"").expect("a choice");
    let tag = &screen.drawn[screen.drawn[..from].rfind('<').unwrap()..];
    let of = |name: &str| {
        tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let (name, value) = (of("name"), of("value"));
    screen.choose(&name, &value);
}

#[test]
fn whoever_could_lose_ten_minutes_of_work_is_asked_to_save_a_file() {
    let mut screen = screen_at(IN_TIME, "nothing", "[]");
    screen.reach_figures();
    assert!(said(&screen).contains("This browser keeps nothing"));
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    let at = |minute: u32| Event::Tick { now: format!("2023-07-28T09:{minute}:00Z") };
    screen.send(at(41));
    screen.send(at(50));
    assert!(!said(&screen).contains("Save a draft file now"));
    screen.send(at(51));
    assert!(said(&screen).contains("Save a draft file now"));
    assert!(screen.region("announcement").contains("Save a draft file now"));
    screen.press("save-draft");
    assert!(!said(&screen).contains("Save a draft file now"));
    screen.send(at(59));
    assert!(!said(&screen).contains("Save a draft file now"));
}

#[test]
fn of_two_tabs_one_goes_on_and_neither_overwrites_the_other() {
    let mut screen = screen();
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    keep(&mut screen);
    screen.input(&cell(0, 1, "due_to_work"), "99");
    screen.keeps = Some(Event::Elsewhere);
    keep(&mut screen);
    assert!(screen.title.starts_with("This draft is open in another tab"));
    assert_eq!(screen.drawn.matches("<h1").count(), 1);
    assert!(screen.drawn.contains("is not saved with it") && !screen.drawn.contains("<input"));
    let kept = screen.kept.len();
    keep(&mut screen);
    screen.go_to("#/before");
    keep(&mut screen);
    assert_eq!(screen.kept.len(), kept, "nothing more is kept from here");
    screen.press("take");
    assert_eq!(screen.asked.last().unwrap(), "open ");
    screen.keeps = None;
    screen.press("fork");
    assert_eq!(screen.asked.last().unwrap(), "forget");
    assert_eq!(screen.kept.len(), kept + 1);
    assert!(
        screen.kept[kept][1].contains("99") && screen.drawn.contains("id=\"about.nil_return\"")
    );
}

#[test]
fn a_text_that_no_file_may_carry_does_not_spoil_what_is_kept() {
    let mut screen = screen();
    screen.reach_figures();
    screen.figures();
    screen.type_in(&cell(0, 0, "absent_other"), "1\u{ffff}2\u{fdd0}");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1", "it cannot be read");
    keep(&mut screen);
    let other = come_back(&screen, IN_TIME);
    assert!(other.drawn.contains("value=\"12\""));
    screen.type_in(&cell(0, 0, "absent_other"), "1");
    screen.go_to("#/check");
    screen.type_in(EXPLANATION, "Six were on a training\u{ffff} day.");
    keep(&mut screen);
    assert_eq!(come_back(&screen, IN_TIME).address, "#/check");
}
