//! The submitter's page, driven by events as a person would, without a browser.

mod changes;
mod collating;
mod copying;
mod filling;
mod keeping;
mod loading;
mod one_row;
mod screen;
mod tasks;
mod templates;
mod using;

use ia_returns::page::{Effect, Event, Step, update};

use crate::support::{GROUPS, IN_TIME, LATE, set};
use screen::{COLUMNS, EXPLANATION, Screen, cell};

#[test]
fn a_person_goes_from_start_to_a_file_that_verifies() {
    let mut screen = Screen::at(IN_TIME);
    assert_eq!(screen.title, "Complete an industrial action return – Industrial action returns");
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    assert_eq!(screen.address, "#/seal");
    assert!(screen.drawn.contains("Nottingham University Hospitals NHS Trust"));
    screen.press("seal");
    assert_eq!(screen.address, "#/done");
    assert!(screen.drawn.contains("id=\"check-code\""));
    let [(name, text)] = screen.saved.as_slice() else { panic!("one file: {:?}", screen.saved) };
    assert_eq!(name, "ia-return_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040.json");
    let verified = ia_returns::file::verify(text.as_bytes(), &set()).expect("the file verifies");
    assert_eq!(verified.verdict(), &ia_returns::file::ContentVerdict::Unchanged);
    assert_eq!(verified.content().explanations.len(), 1);
    let declared = &verified.content().declared;
    assert_eq!(declared.get("signoff_at"), Some(&"2023-07-28T10:30".into()));
}

#[test]
fn typing_never_draws_the_step_and_never_touches_an_input() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    for (group, _) in GROUPS.iter().enumerate() {
        for column in COLUMNS {
            let id = cell(0, group, column);
            for text in ["1", "12", "12x", "12", "1", ""] {
                screen.input(&id, text);
                for effect in &screen.last {
                    match effect {
                        Effect::Replace { html, .. } => assert!(!html.contains("<input")),
                        Effect::Attribute { name, .. } => assert_ne!(*name, "value"),
                        Effect::KeepSoon | Effect::Title(_) => {}
                        other => panic!("typing led to {other:?}"),
                    }
                }
            }
        }
    }
}

#[test]
fn a_mistake_is_said_on_leaving_the_cell_kept_as_typed_and_gone_when_mended() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    let id = cell(0, 0, "due_to_work");
    let said = "workforce.staffing.2023-07-25.diagnostic_radiographer-said";
    for typed in ["8x8", "8.5", "-8", "1e3", "88\u{a0}", "1,02", "100000"] {
        screen.input(&id, typed);
        assert_eq!(screen.attribute(&id, "aria-invalid"), None, "{typed}: nothing while typing");
        screen.leave(&id, "");
        assert_eq!(screen.attribute(&id, "aria-invalid"), Some("true"), "{typed}");
        assert_eq!(screen.attribute(&id, "aria-describedby"), Some(&*format!("{id}-message")));
        assert!(screen.region(said).contains(&format!("id=\"{id}-message\"")), "{typed}");
        assert!(!screen.region("announcement").is_empty(), "{typed} is read out");
        assert!(!screen.inputs.contains_key(&id), "{typed} stays as it was typed");
        screen.input(&id, "88");
        assert_eq!(screen.attribute(&id, "aria-invalid"), None, "{typed}");
        assert_eq!(screen.region(said), "");
    }
}

#[test]
fn thousands_are_shown_as_they_were_read() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    let id = cell(0, 0, "due_to_work");
    screen.type_in(&id, "1,024");
    assert_eq!(screen.inputs.get(&id).map(String::as_str), Some("1024"));
    assert!(screen.region("workforce.staffing.2023-07-25-totals").contains("1,024"));
}

#[test]
fn rules_wait_for_the_row_to_be_left_and_go_when_mended() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    let (due, absent) = (cell(0, 0, "due_to_work"), cell(0, 0, "absent_ia"));
    let said = "workforce.staffing.2023-07-25.diagnostic_radiographer-said";
    screen.input(&due, "5");
    screen.leave(&due, &absent);
    screen.input(&absent, "52");
    screen.leave(&absent, &cell(0, 0, "absent_other"));
    assert_eq!(screen.region(said), "", "the row was not left yet");
    screen.leave(&cell(0, 0, "absent_other"), &cell(0, 1, "due_to_work"));
    assert!(screen.region(said).contains("more than the 5 due to start a shift"));
    assert_eq!(screen.attribute(&absent, "aria-invalid"), Some("true"));
    screen.input(&due, "88");
    assert_eq!(screen.region(said), "");
    assert_eq!(screen.attribute(&absent, "aria-invalid"), None);
}

#[test]
fn continue_with_blanks_says_each_of_them_and_takes_focus() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1");
    assert_eq!(screen.focus, "error-summary");
    assert!(screen.title.starts_with("Error: "));
    let link = format!("href=\"#{}\"", cell(0, 0, "due_to_work"));
    assert!(screen.region("summary").contains(&link));
    screen.figures();
    assert_eq!(screen.region("summary"), "", "everything is mended");
    assert!(!screen.title.starts_with("Error: "));
    screen.press("continue");
    assert_eq!(screen.address, "#/check");
}

#[test]
fn a_query_does_not_stop_the_figures_but_waits_for_its_explanation() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    let said = "workforce.staffing.2023-07-25.therapeutic_radiographer-said";
    assert!(screen.region(said).contains("Query: "));
    screen.press("continue");
    assert!(
        screen.drawn.contains(&format!("<textarea class=\"nhsuk-textarea\" id=\"{EXPLANATION}\""))
    );
    screen.press("continue");
    assert_eq!(screen.address, "#/check");
    assert!(screen.region("summary").contains(&format!("href=\"#{EXPLANATION}\"")));
    screen.type_in(EXPLANATION, "too short");
    assert!(screen.region("summary").contains("write at least 15 characters"));
    screen.type_in(EXPLANATION, "Six were on a training day.");
    assert_eq!(screen.region("summary"), "");
    screen.press("continue");
    assert_eq!(screen.address, "#/declaration");
}

#[test]
fn an_explanation_that_identifies_a_patient_is_stopped_at_its_own_box() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    screen.press("continue");
    screen.type_in(EXPLANATION, "The list of 943 476 5919 was moved to another day.");
    screen.press("continue");
    assert_eq!(screen.address, "#/check");
    assert!(screen.region("summary").contains(&format!("href=\"#{EXPLANATION}\"")));
    assert_eq!(screen.attribute(EXPLANATION, "aria-invalid"), Some("true"));
    screen.type_in(EXPLANATION, "The list was moved to another day.");
    screen.press("continue");
    assert_eq!(screen.address, "#/declaration");
}

#[test]
fn steps_out_of_order_lead_to_the_nearest_that_is_allowed() {
    let mut screen = Screen::at(IN_TIME);
    for address in ["#/seal", "#/done", "#/nowhere", "#main-content", ""] {
        screen.go_to(address);
        assert_eq!(screen.address, "#/start", "{address}");
    }
    screen.reach_figures();
    for address in ["#/seal", "#/done"] {
        screen.go_to(address);
        assert_eq!(screen.address, "#/section-1", "{address}");
    }
    screen.go_to("#/check");
    assert_eq!(screen.address, "#/check", "parts may be looked at in any order");
    screen.go_to("#/before");
    assert!(screen.title.starts_with("Is this a nil return?"));
    screen.go_to("#/section-1");
    assert!(screen.title.contains("Staff due to work"));
}

#[test]
fn figures_stay_when_the_organisation_turns_out_to_be_the_wrong_one() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    screen.type_in(&cell(0, 1, "due_to_work"), "8x");
    screen.go_to("#/start");
    screen.input("organisation", "RHA");
    screen.leave("organisation", "");
    screen.press("continue");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1");
    assert!(screen.drawn.contains("Nottinghamshire Healthcare"));
    assert!(screen.drawn.contains("value=\"88\""));
    assert!(screen.drawn.contains("value=\"8x\""));
}

#[test]
fn a_group_that_nobody_is_in_is_left_out_of_every_date_and_can_come_back() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    let (id, row) = (
        "workforce.staffing.not_applicable.sonographer",
        "workforce.staffing.2023-07-26.sonographer-row",
    );
    screen.choose(id, "yes");
    assert_eq!(screen.attribute(row, "hidden"), Some(""));
    let total = "workforce.staffing.2023-07-25-totals";
    assert!(screen.region(total).contains("164"), "176 without the 12: {}", screen.region(total));
    screen.choose(id, "");
    assert_eq!(screen.attribute(row, "hidden"), None);
    assert!(screen.region(total).contains("176"));
}

#[test]
fn late_is_asked_about_and_never_blocks() {
    let mut screen = Screen::at(LATE);
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    assert_eq!(screen.address, "#/declaration");
    assert!(screen.region("summary").contains("href=\"#about.late_reason\""));
    screen.type_in("about.late_reason", "The director was not free before the window closed.");
    screen.press("continue");
    assert_eq!(screen.address, "#/seal");
    screen.press("seal");
    assert_eq!(screen.saved.len(), 1);
}

#[test]
fn a_query_about_the_declaration_is_explained_there() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.type_in("about.submitter_email", "information@trust.example");
    assert!(screen.region("queries").contains("id=\"explanation.XQ04\""));
    screen.press("continue");
    assert!(screen.region("summary").contains("href=\"#explanation.XQ04\""));
    screen.type_in("explanation.XQ04", "The new mailboxes are not open yet.");
    screen.press("continue");
    assert_eq!(screen.address, "#/seal");
}

#[test]
fn a_time_that_cannot_be_read_names_its_parts() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.type_in("declared.signoff_at.time", "half past ten");
    assert_eq!(screen.attribute("declared.signoff_at.time", "aria-invalid"), Some("true"));
    assert_eq!(screen.attribute("declared.signoff_at.day", "aria-invalid"), None);
    assert!(screen.region("declared.signoff_at-message").contains("28 July 2023 half past ten"));
    screen.press("continue");
    assert!(screen.region("summary").contains("href=\"#declared.signoff_at.day\""));
}

#[test]
fn a_refused_download_leaves_other_ways_out() {
    let mut screen = Screen::at(IN_TIME);
    screen.saves = false;
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    assert!(screen.drawn.contains("The browser refused to save the file"));
    assert!(screen.title.contains("File sealed, but not saved"));
    assert!(matches!(update(&mut screen.state, Event::Leaving).as_slice(), [Effect::Prevent]));
    screen.press("copy");
    assert_eq!(screen.copied, [screen.saved[0].1.clone()]);
    assert_eq!(update(&mut screen.state, Event::Leaving), []);
    screen.press("save");
    screen.saves = true;
    screen.press("save");
    assert!(screen.title.contains("File sealed –"));
}

#[test]
fn without_randomness_nothing_is_sealed_and_nothing_lost() {
    let mut screen = Screen::at(IN_TIME);
    screen.seeds = false;
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    assert_eq!(screen.address, "#/seal");
    assert!(screen.region("trouble").contains("no random numbers"));
    assert_eq!(screen.focus, "trouble");
}

#[test]
fn a_sealed_return_can_be_corrected_as_its_next_version() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    screen.go_to("#/section-1");
    assert_eq!(screen.address, "#/done", "a sealed file is not changed");
    screen.press("correct");
    assert_eq!(screen.address, "#/tasks");
    screen.go_to("#/before");
    screen.press("continue");
    assert!(screen.drawn.contains("value=\"88\""));
    for _ in 0..2 {
        screen.press("continue");
    }
    assert!(screen.drawn.contains("id=\"declared.signoff_at.time\""));
    assert!(!screen.drawn.contains("10:30am\""), "the agreement is asked for again");
    screen.agree();
    screen.choose("declared.signoff_how", "by_phone");
    screen.type_in("about.revision_reason", "One figure was counted twice.");
    screen.press("continue");
    screen.press("seal");
    let [(_, first), (name, second)] = screen.saved.as_slice() else { panic!("two files") };
    assert!(name.contains("_r2_"));
    let verify = |text: &str| ia_returns::file::verify(text.as_bytes(), &set()).expect("verifies");
    assert_eq!(verify(second).content().supersedes.as_deref(), Some(verify(first).id()));
}

#[test]
fn a_nil_return_asks_why_and_hides_what_is_not_asked() {
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    screen.choose("about.nil_return", "yes");
    assert_eq!(screen.attribute("about.nil_reason-block", "hidden"), None);
    screen.press("continue");
    assert!(screen.region("summary").contains("href=\"#about.nil_reason\""));
    screen.choose("about.nil_reason", "no_staff_in_scope");
    screen.press("continue");
    assert_eq!(screen.address, "#/check", "there are no figures to give");
}

#[test]
fn every_id_stands_once_on_every_step() {
    let mut screen = Screen::at(IN_TIME);
    let mut drawings = vec![screen.drawn.clone()];
    screen.start();
    drawings.push(screen.drawn.clone());
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    drawings.push(screen.drawn.clone());
    screen.figures();
    screen.press("continue");
    drawings.push(screen.drawn.clone());
    screen.type_in(EXPLANATION, "Six were on a training day.");
    screen.press("continue");
    drawings.push(screen.drawn.clone());
    screen.declare();
    screen.press("continue");
    drawings.push(screen.drawn.clone());
    screen.press("seal");
    drawings.push(screen.drawn.clone());
    for html in drawings {
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice in {html}");
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("OFFICIAL"));
        for named in ["for=\"", "aria-controls=\"", "aria-describedby=\""] {
            for rest in html.split(named).skip(1) {
                for id in rest.split('"').next().unwrap_or_default().split(' ') {
                    assert!(ids.binary_search(&id).is_ok(), "{named}{id} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn markup_in_what_people_type_is_shown_as_text() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    let id = cell(0, 0, "due_to_work");
    screen.type_in(&id, "<img src=x onerror=alert(1)>\u{202E}");
    let said = screen.region("workforce.staffing.2023-07-25.diagnostic_radiographer-said");
    assert!(said.contains("&lt;img src=x onerror=alert(1)&gt;[U+202E]"), "{said}");
    assert!(!said.contains("<img"));
}

#[test]
fn the_steps_have_addresses() {
    for step in Step::all(3) {
        assert_eq!(Step::parse(&step.address()), Some(step));
    }
}
