//! What a template can do, on a small one of its own (`tests/data/engine/`): rows and columns under
//! conditions, rows that people add, grades and their facts, an index, other returns.

use crate::support::{at, rules};
use ia_returns::answers::{Answer, Place, Scalar, entry};
use ia_returns::check::{self, Checked, InputReturn, Mistakes};
use ia_returns::collection::author::{Files, compile};
use ia_returns::collection::{Owes, Set};
use ia_returns::file::Draft;
use ia_returns::rule::{State, Value};
use ia_returns::template::author::File;

const NOW: &str = "2023-07-28T10:40:00+01:00";

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

fn template() -> File {
    file("templates/audit.toml", include_str!("../data/engine/audit.toml"))
}

fn compiled(template: File, collection: &str) -> Result<Set, String> {
    let files = Files {
        templates: vec![template],
        collections: vec![file("collections/engine.toml", collection)],
        organisations: vec![file(
            "organisations/2023-07.csv",
            include_str!("../../organisations/2023-07.csv"),
        )],
        ..Files::default()
    };
    let documents = compile(&files)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    Ok(Set::load(&documents).expect("what compiles loads"))
}

fn draft(owes: Option<&Owes>) -> Draft {
    let set = compiled(template(), include_str!("../data/engine/round.toml")).expect("it compiles");
    let form = set.form("engine", "audit").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    Draft::new(form, organisation, owes, at(NOW))
}

/// A draft in which both actions are chosen and every item is compliant.
fn compliant() -> Draft {
    let mut draft = draft(None);
    type_in(&mut draft, "about.action_id", "second, first");
    for item in ["one", "two", "late"] {
        type_in(&mut draft, &format!("audit.items.{item}.answer"), "compliant");
    }
    draft
}

fn type_in(draft: &mut Draft, id: &str, typed: &str) {
    let place = Place::parse(id, &draft.form, &draft.answers).unwrap_or_else(|| panic!("no {id}"));
    let field = place.field(&draft.form).expect("a field");
    let read = entry::read(&draft.form, field, typed).unwrap_or_else(|k| panic!("{typed}: {k:?}"));
    draft.answers.set(place, read);
}

fn checked(draft: &Draft) -> Checked {
    check::check(&draft.subject(at(NOW), &Mistakes::new()))
}

/// The rating of an item: band and facts.
fn rating(draft: &Draft, item: usize) -> (Value, Vec<String>) {
    let found = checked(draft);
    let worked = &found.values().rows[0].get(item).expect("a row")[1];
    (worked.value.clone(), worked.because.clone())
}

fn total(draft: &Draft, id: &str) -> (Value, i64) {
    let (found, mistakes) = (checked(draft), Mistakes::new());
    let worked = found.values().total(&draft.subject(at(NOW), &mistakes), id).expect("a total");
    (worked.value.clone(), worked.unknown)
}

#[test]
fn several_choices_are_kept_in_the_order_of_the_options() {
    let draft = compliant();
    let place = Place::parse("about.action_id", &draft.form, &draft.answers).unwrap();
    let chosen = Scalar::List(vec!["first".to_owned(), "second".to_owned()]);
    assert_eq!(*draft.answers.at(place), Answer::Value(chosen));
}

#[test]
fn the_actions_are_filled_from_the_expected_list_and_can_be_changed() {
    let owes = Owes { actions: vec!["second".to_owned()], ..owes() };
    let mut named = draft(Some(&owes));
    assert!(named.write(at(NOW)).contains("\"second\""));
    type_in(&mut named, "about.action_id", "first");
    named.fill(at(NOW));
    assert!(named.write(at(NOW)).contains("\"first\""), "a default is not filled again");
    assert!(!draft(None).write(at(NOW)).contains("action_id"), "an unlisted trust says itself");
}

fn owes() -> Owes {
    Owes { code: "RX1".to_owned(), returns: vec!["audit".to_owned()], ..Owes::default() }
}

#[test]
fn a_row_that_is_not_asked_is_not_counted_not_stored_and_not_missed() {
    let mut draft = compliant();
    assert_eq!(total(&draft, "compliant").0, Value::Int(3));
    type_in(&mut draft, "about.action_id", "first");
    assert_eq!(total(&draft, "compliant").0, Value::Int(2));
    assert!(!draft.write(at(NOW)).contains("\"late\""));
    assert_eq!(checked(&draft).count(ia_returns::template::Severity::Error), 0);
}

#[test]
fn a_row_of_a_file_that_is_not_asked_is_named() {
    let set = compiled(template(), include_str!("../data/engine/round.toml")).unwrap();
    let text = compliant()
        .write(at(NOW))
        .replace("\"first\",\n", "\"first\"\n")
        .replace("        \"second\"\n", "");
    let again = Draft::read(text.as_bytes(), &set).expect("a draft");
    assert_eq!(rules(&checked(&again)), ["AE01 late"]);
}

#[test]
fn a_column_appears_when_what_is_calculated_asks_for_it() {
    let mut draft = compliant();
    let plan = Place::parse("audit.items.one.plan", &draft.form, &draft.answers).unwrap();
    type_in(&mut draft, "audit.items.one.plan", "Something typed before");
    assert!(!checked(&draft).asked().place(&draft.form, plan));
    assert!(!draft.write(at(NOW)).contains("typed before"), "what is hidden is not stored");
    type_in(&mut draft, "audit.items.one.answer", "partial");
    assert!(checked(&draft).asked().place(&draft.form, plan));
    assert!(draft.write(at(NOW)).contains("typed before"));
}

#[test]
fn a_column_is_required_by_a_grade() {
    let mut draft = compliant();
    type_in(&mut draft, "about.why_red", "Because of item one");
    type_in(&mut draft, "audit.items.one.answer", "non_compliant");
    assert_eq!(rules(&checked(&draft)), ["XE18 one"], "the plan, with no words of its own here");
    type_in(&mut draft, "audit.items.one.answer", "partial");
    assert!(checked(&draft).findings().is_empty(), "amber asks for none");
}

#[test]
fn the_first_band_that_holds_is_the_grade_and_all_its_facts_are_said() {
    let mut draft = compliant();
    assert_eq!(
        rating(&draft, 0),
        (Value::text("green"), vec!["Nothing above applies.".to_owned()])
    );
    type_in(&mut draft, "audit.items.one.wait", "10:01");
    assert_eq!(rating(&draft, 0), (Value::text("red"), vec!["The wait is 10:01.".to_owned()]));
    type_in(&mut draft, "audit.items.one.answer", "non_compliant");
    let facts = ["Item one is critical and is “Not compliant”.", "The wait is 10:01."];
    assert_eq!(rating(&draft, 0), (Value::text("red"), facts.map(str::to_owned).to_vec()));
}

#[test]
fn a_grade_is_open_while_a_worse_band_cannot_be_told() {
    let mut draft = compliant();
    let answer = Place::parse("audit.items.one.answer", &draft.form, &draft.answers).unwrap();
    draft.answers.set(answer, Answer::Unanswered);
    assert_eq!(rating(&draft, 0).0, Value::Unknown(State::Unanswered));
    type_in(&mut draft, "audit.items.one.wait", "10:01");
    assert_eq!(rating(&draft, 0).0, Value::text("red"), "one fact of the worst band decides");
}

#[test]
fn a_grade_of_the_return_reads_the_grades_of_rows() {
    let mut draft = compliant();
    assert_eq!(total(&draft, "overall").0, Value::text("green"));
    type_in(&mut draft, "audit.items.two.wait", "10:01");
    assert_eq!(total(&draft, "overall").0, Value::text("red"));
    let outcomes = checked(&draft).outcomes(&draft.form, &draft.answers);
    let overall = outcomes.last().expect("outcomes");
    assert_eq!(
        (overall.words.as_str(), overall.because.as_slice()),
        ("Red", &["1 items are red.".to_owned()][..])
    );
    assert_eq!(outcomes[1].row_label, "Item two");
}

#[test]
fn an_index_weighs_what_is_known_and_counts_what_is_not() {
    let mut draft = compliant();
    assert_eq!(total(&draft, "index"), (Value::Int(1000), 0));
    // 3·1 + 1·2 + 1·0 of 2·5: 5/10.
    type_in(&mut draft, "audit.items.one.answer", "partial");
    type_in(&mut draft, "audit.items.late.answer", "non_compliant");
    assert_eq!(total(&draft, "index"), (Value::Int(500), 0));
    // Without the last: 3·1 + 1·2 of 2·4 is 0.625.
    let late = Place::parse("audit.items.late.answer", &draft.form, &draft.answers).unwrap();
    draft.answers.set(late, Answer::Unanswered);
    assert_eq!(total(&draft, "index"), (Value::Int(625), 1));
}

#[test]
fn an_index_is_rounded_half_up() {
    let mut draft = compliant();
    type_in(&mut draft, "about.action_id", "first");
    type_in(&mut draft, "audit.items.one.answer", "non_compliant");
    // 1·1 of 2·4 is 0.125: 125; 1·2 of 2·4 is 0.25.
    type_in(&mut draft, "audit.items.two.answer", "partial");
    assert_eq!(total(&draft, "index").0, Value::Int(125));
}

#[test]
fn rows_are_grouped_by_an_answer_and_named_in_its_words() {
    let mut draft = compliant();
    type_in(&mut draft, "audit.items.two.answer", "partial");
    let found = checked(&draft);
    let groups = &found.values().groups[0];
    let headings: Vec<_> = groups.iter().map(|group| group.heading(&draft.form)).collect();
    let all: Vec<_> =
        headings.iter().zip(groups).map(|(h, g)| (&*h.labels[0], &g.values[0].value)).collect();
    assert_eq!(all, [("Compliant", &Value::Int(2)), ("Partly", &Value::Int(1))]);
    assert_eq!(headings[0].keys.get("answer").map(String::as_str), Some("compliant"));
}

#[test]
fn rows_can_be_added_up_to_the_limit_and_taken_out() {
    let mut draft = compliant();
    let form = draft.form.clone();
    assert_eq!(draft.answers.add_row(&form, 1, 1), Some(0));
    assert_eq!(draft.answers.add_row(&form, 1, 1), Some(1));
    assert_eq!(draft.answers.add_row(&form, 1, 1), None, "two is the most");
    assert_eq!(draft.answers.add_row(&form, 1, 0), None, "the items are fixed");
    type_in(&mut draft, "audit.notes.2.ref", "R2");
    draft.answers.remove_row(&form, 1, 1, 0);
    assert_eq!(draft.answers.rows(1, 1).len(), 1);
    assert!(draft.write(at(NOW)).contains("\"R2\""));
}

#[test]
fn a_row_that_was_added_is_known_by_its_keys_wherever_it_stands() {
    let mut draft = compliant();
    let form = draft.form.clone();
    for (number, reference) in ["R1", "R2"].into_iter().enumerate() {
        draft.answers.add_row(&form, 1, 1);
        let cell = |column: &str| format!("audit.notes.{}.{column}", number + 1);
        type_in(&mut draft, &cell("ref"), reference);
        type_in(&mut draft, &cell("kind"), "a");
        type_in(&mut draft, &cell("people"), "11");
    }
    assert_eq!(rules(&checked(&draft)), ["AQ01 a R1", "AQ01 a R2"]);
    assert_eq!(checked(&draft).findings()[0].message, "R1, Kind A: 11 people.");
    type_in(&mut draft, "audit.notes.2.ref", "R1");
    assert!(rules(&checked(&draft)).contains(&"AE04 a R1".to_owned()), "the same keys twice");
}

#[test]
fn what_names_a_row_must_be_there() {
    let mut draft = compliant();
    let form = draft.form.clone();
    draft.answers.add_row(&form, 1, 1);
    assert_eq!(checked(&draft).count(ia_returns::template::Severity::Error), 2);
}

#[test]
fn without_the_other_return_its_rules_are_silent_even_where_they_ask_whether_it_is_there() {
    assert!(checked(&compliant()).findings().is_empty());
}

#[test]
fn another_return_is_read_by_value_total_and_rows() {
    let mut draft = compliant();
    type_in(&mut draft, "audit.items.two.answer", "partial");
    draft.revision = 3;
    let said = serde_json::json!({
        "revision": 2,
        "derived": { "values": {
            "totals": { "compliant": 3 },
            "groups": { "by_answer": [{ "answer": "partial", "number": 4 }] },
        } },
    });
    let given = InputReturn { id: "0".repeat(64), said: Some(crate::support::value(&said)) };
    draft.inputs.insert("before".to_owned(), given);
    let found = checked(&draft);
    assert_eq!(rules(&found), ["AQ02"]);
    assert_eq!(found.findings()[0].message, "2 now, 3 before (4 of them partly).");
    draft.revision = 4;
    assert_eq!(rules(&checked(&draft)), ["AE05", "AQ02"]);
}

#[test]
fn a_total_of_another_return_with_parts_not_known_is_not_known() {
    let mut draft = compliant();
    type_in(&mut draft, "audit.items.two.answer", "partial");
    draft.revision = 3;
    let said = serde_json::json!({
        "revision": 2,
        "derived": { "values": { "totals": { "compliant": { "value": 3, "not_known": 1 } } } },
    });
    let given = InputReturn { id: "0".repeat(64), said: Some(crate::support::value(&said)) };
    draft.inputs.insert("before".to_owned(), given);
    assert!(checked(&draft).findings().is_empty());
}

#[test]
fn a_pair_rule_that_shares_nothing_looks_at_every_two_rows() {
    let mut draft = compliant();
    for item in ["one", "late"] {
        type_in(&mut draft, &format!("audit.items.{item}.answer"), "partial");
    }
    let found = checked(&draft);
    assert_eq!(rules(&found), ["AN01 late"]);
    assert_eq!(found.findings()[0].message, "Item one and Item late are both “Partly”.");
}

#[test]
fn a_draft_with_added_rows_and_several_choices_opens_again_as_it_was() {
    let mut draft = compliant();
    let form = draft.form.clone();
    draft.answers.add_row(&form, 1, 1);
    type_in(&mut draft, "audit.notes.1.ref", "R1");
    type_in(&mut draft, "audit.items.one.wait", "0:05");
    let set = compiled(template(), include_str!("../data/engine/round.toml")).unwrap();
    let text = draft.write(at(NOW));
    assert_eq!(Draft::read(text.as_bytes(), &set).unwrap().write(at(NOW)), text);
}

/// A template that differs in one place, and the fault that this is.
fn fault(from: &str, to: &str) -> String {
    let changed = template().text.replacen(from, to, 1);
    assert_ne!(changed, template().text, "{from} is not there");
    let broken = file("templates/audit.toml", &changed);
    compiled(broken, include_str!("../data/engine/round.toml")).map(|_| ()).expect_err("a fault")
}

#[test]
fn a_column_that_waits_for_itself_is_a_fault_at_its_condition() {
    let found = fault("value = \"answer != 'compliant'\"", "value = \"answered(plan)\"");
    assert!(
        found.starts_with("templates/audit.toml:80:14: this goes round in a circle"),
        "{found}"
    );
}

#[test]
fn faults_of_grades_indexes_and_inputs_say_where_and_what() {
    for (from, to, said) in [
        ("band = \"amber\"", "band = \"pink\"", "“pink” is none of the bands"),
        (
            "when = \"answered(wait) && wait > 600\"\n",
            "",
            "only the last entry, and always the last, has no condition",
        ),
        ("because = \"The wait is {wait}.\"", "because = \"{waits}\"", "there is no `waits` here"),
        ("partial = 1, non_compliant = 0 }", "partial = 1, non_compliant = -1 }", "at least 0"),
        ("points = \"answer\"", "points = \"wait\"", "this must be text, to look it up by"),
        ("key_columns = [\"ref\"", "key_columns = [\"people\"", "no column that can name a row"),
        ("options_from = \"actions\"", "options_from = \"actons\"", "there is no list “actons”"),
        (
            "value = \"size(rows)\"",
            "value = \"before.compliant\"",
            "another return, which only rules may read",
        ),
        ("type = \"choices\"", "type = \"chosen\"", "expected one of choice, choices, count"),
        ("by = [\"answer\"]", "by = [\"wait\"]", "the table has no key “wait”"),
        ("show_when = \"needs_plan\"", "show_when = \"rows\"", "there is no `rows` here"),
    ] {
        let found = fault(from, to);
        assert!(found.contains(said), "{from}: {found}");
        assert!(found.starts_with("templates/audit.toml:"), "{found}");
    }
}

#[test]
fn durations_are_typed_as_minutes_and_seconds() {
    let draft = compliant();
    let place = Place::parse("audit.items.one.wait", &draft.form, &draft.answers).unwrap();
    let field = place.field(&draft.form).unwrap();
    let read = |typed| entry::read(&draft.form, field, typed);
    assert_eq!(read("32:15"), Ok(Answer::Value(Scalar::Int(1935))));
    assert_eq!(read("0:00"), Ok(Answer::Value(Scalar::Int(0))));
    for wrong in ["32", "32:5", "32:60", ":30", "1:2:03", "-1:00", "32.15", "a:10"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert!(read("99999999999999999999:00").is_err());
    assert_eq!(entry::duration_words(1935), "32:15");
}
