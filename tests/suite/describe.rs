//! A template for programs and for people: its JSON Schema against an independent validator, its page of words.

use crate::support::{IN_TIME, at, documents, set, value};
use ia_returns::check::{self, Mistakes};
use ia_returns::collection::{Form, Organisation};
use ia_returns::describe;
use ia_returns::file::Draft;
use ia_returns::json;
use ia_returns::time::Instant;
use serde_json::Value;

/// A value of ours as one of the validator's.
fn other(ours: &json::Value) -> Value {
    serde_json::from_str(&json::canonical(ours)).unwrap()
}

fn schema(form: &Form) -> Value {
    other(&describe::schema(form))
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).unwrap()
}

/// What the validator says of these members.
fn complaints(form: &Form, members: &Value) -> Vec<String> {
    let schema = schema(form);
    let found = validator(&schema);
    let said = found.iter_errors(members);
    said.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The members `answers` and `declared` as a file has them.
fn members(draft: &Draft, now: Instant) -> Value {
    let checked = check::check(&draft.subject(now, &Mistakes::new()));
    let (answers, declared) = draft.answers.write(&draft.form, checked.asked());
    serde_json::json!({
        "answers": other(&json::Value::Object(answers)),
        "declared": other(&json::Value::Object(declared)),
    })
}

#[test]
fn every_schema_is_one_by_the_meta_schema_of_2020_12() {
    for form in set().forms() {
        let schema = schema(form);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
            panic!("{}: {error}", schema["$comment"]);
        }
    }
}

#[test]
fn the_schema_accepts_every_base_return() {
    let drafts = crate::cases::bases(&set());
    assert!(drafts.len() >= 8, "only {}", drafts.len());
    for (name, draft, now) in drafts {
        let said = complaints(&draft.form, &members(&draft, now));
        assert!(said.is_empty(), "{name}: {said:?}");
    }
}

/// A case that can be sealed has no answer that a file may not hold.
#[test]
fn the_schema_accepts_every_case_that_can_be_sealed() {
    let drafts = crate::cases::sealable(&set());
    assert!(drafts.len() > 100, "only {}", drafts.len());
    for (name, draft, now) in drafts {
        let said = complaints(&draft.form, &members(&draft, now));
        assert!(said.is_empty(), "{name}: {said:?}");
    }
}

#[test]
fn the_schema_accepts_every_draft_that_is_kept_for_tests() {
    let set = set();
    let form = set.form("sor-2023-07", "workforce_sitrep").unwrap();
    for text in [
        include_str!("../data/drafts/rx1-complete.json"),
        include_str!("../data/drafts/rx1-late.json"),
        include_str!("../data/drafts/rx1-one-mistake.json"),
    ] {
        let draft: Value = serde_json::from_str(text).unwrap();
        let said = complaints(
            form,
            &serde_json::json!({ "answers": draft["draft"]["answers"], "declared": draft["draft"]["declared"] }),
        );
        assert!(said.is_empty(), "{said:?}");
        assert!(!draft["draft"]["answers"]["workforce"].is_null());
    }
}

/// What is filled in when a return is begun, by any kind of organisation, in every round and at every stage.
#[test]
fn the_schema_accepts_every_return_that_is_begun() {
    let now = at(IN_TIME);
    let mut begun = 0;
    for form in set().forms() {
        let kinds: &[&str] = &["trust", "icb", "region"];
        for kind in kinds {
            let all = form.organisations.all();
            let found: Option<&Organisation> = all.iter().find(|own| own.kind == *kind);
            let Some(organisation) = found.cloned() else { continue };
            let draft = Draft::new(form.clone(), organisation, None, now);
            let said = complaints(form, &members(&draft, now));
            assert!(said.is_empty(), "{} {kind}: {said:?}", form.template.source().id);
            begun += 1;
        }
    }
    assert!(begun > 40, "only {begun}");
}

/// The complete workforce return, with one member changed.
fn changed(pointer: &str, member: &str, value: Value) -> (Draft, Value) {
    let drafts = crate::cases::bases(&set());
    let found = drafts.into_iter().find(|(name, ..)| name == "workforce_sitrep/base-complete");
    let (_, draft, now) = found.unwrap();
    let mut members = members(&draft, now);
    let at = members.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
    if value.is_null() {
        at.as_object_mut().unwrap().remove(member).unwrap_or_else(|| panic!("no {member}"));
    } else if let Some(object) = at.as_object_mut() {
        object.insert(member.to_owned(), value);
    }
    (draft, members)
}

#[test]
fn the_schema_refuses_what_is_no_answer() {
    use serde_json::json as of;
    let row = "/answers/workforce/staffing/0";
    let about = "/answers/about";
    let long = "x".repeat(1001);
    let row_again = of!([{ "strike_date": "2023-07-25" }]);
    for (pointer, member, value) in [
        ("", "more", of!({})),
        ("", "answers", of!([])),
        ("/answers", "elsewhere", of!({})),
        ("/answers", "workforce", of!(3)),
        (about, "unknown_field", of!("x")),
        (about, "nil_return", of!("no")),
        (about, "nil_return", of!({ "na": true })),
        (about, "comment", of!(7)),
        (about, "comment", of!(" ")),
        (about, "comment", of!(long)),
        (about, "comment", of!({ "not_known": "Nobody has said so far." })),
        (about, "late_reason", of!("short")),
        (about, "submitter_email", of!("nobody")),
        (about, "action_id", of!([])),
        (about, "action_id", of!("sor-2023-07-25")),
        (about, "action_id", of!(["sor-2023-07-25", "sor-2023-07-25"])),
        (about, "action_id", of!(["another"])),
        (about, "action_start", of!("2023-07-25")),
        (about, "action_start", of!("2023-07-25T08:00:00Z")),
        ("/declared", "signoff_role", of!("porter")),
        ("/declared", "signoff_at", of!("28 July 2023")),
        ("/declared", "comment", of!("x")),
        ("/answers/workforce", "staffing", of!({})),
        ("/answers/workforce", "staffing", row_again),
        (row, "strike_date", Value::Null),
        (row, "staff_group", of!("surgeon")),
        (row, "due_to_work", of!(-1)),
        (row, "due_to_work", of!(100_000)),
        (row, "due_to_work", of!(1.5)),
        (row, "due_to_work", of!("88")),
        (row, "due_to_work", of!({ "na": false })),
        (row, "due_to_work", of!({ "na": true, "not_known": "Nobody has said so far." })),
        (row, "due_to_work", of!({ "not_known": "" })),
        (row, "unknown_column", of!(1)),
    ] {
        let (draft, members) = changed(pointer, member, value.clone());
        let said = complaints(&draft.form, &members);
        assert!(!said.is_empty(), "{pointer}/{member} = {value} is accepted");
    }
}

#[test]
fn the_schema_accepts_other_answers_that_a_file_may_hold() {
    use serde_json::json as of;
    let row = "/answers/workforce/staffing/0";
    for (pointer, member, value) in [
        (row, "due_to_work", Value::Null),
        (row, "due_to_work", of!(99_999)),
        (row, "due_to_work", of!({ "na": true })),
        ("/answers/about", "comment", of!("Two lines,\nas typed.")),
        ("/declared", "signoff_at", of!("2023-07-28T23:59")),
    ] {
        let (draft, members) = changed(pointer, member, value.clone());
        let said = complaints(&draft.form, &members);
        assert!(said.is_empty(), "{pointer}/{member} = {value}: {said:?}");
        // As the reader of files does.
        let ours = value_of(&members);
        let part = |name: &str| ours[name].as_object().unwrap().clone();
        let read =
            ia_returns::answers::Answers::read(&draft.form, &part("answers"), &part("declared"));
        assert!(read.is_ok(), "{read:?}");
    }
}

fn value_of(members: &Value) -> json::Value {
    value(members)
}

/// Text as it stands on a page of Markdown, without its escapes.
fn read_aloud(page: &str) -> String {
    page.replace('\\', "")
}

#[test]
fn every_question_rule_and_limit_of_every_template_is_on_its_page() {
    let set = set();
    assert!(!documents().is_empty());
    for form in set.forms() {
        let source = form.template.source();
        for (page, has_values) in [
            (describe::docs(&form.template, None), false),
            (describe::docs(&form.template, Some(form)), true),
        ] {
            let page = read_aloud(&page);
            let says = |text: &str| {
                let text = text.replace('\\', "").replace('\n', " ");
                assert!(page.contains(text.trim()), "{}: {text} is not there", source.id);
            };
            says(&source.title);
            says(&source.purpose);
            for section in &source.sections {
                says(&section.title);
                for field in
                    section.fields.iter().flat_map(|f| std::iter::once(f).chain(&f.columns))
                {
                    says(&field.label);
                    field.guidance.iter().for_each(|text| says(text));
                    field.options.iter().for_each(|option| says(&option.label));
                }
            }
            for rule in &source.rules {
                says(&format!("### {}", rule.id));
                says(&rule.message);
                says(&rule.source);
            }
            source.faults.iter().for_each(|fault| says(&fault.message));
            source.calculated.iter().for_each(|item| says(&item.label));
            for parameter in &source.parameters {
                says(&parameter.meaning);
                let setting = form.collection.source().parameter(&parameter.id).unwrap();
                if has_values {
                    says(&setting.source);
                }
            }
        }
    }
}

/// The texts of a page: what stands between its tags, with what the template macro escapes as it was.
fn texts(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
        text.push('\n');
    }
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn a_blank_form_asks_everything_that_is_not_filled_in_by_itself_with_its_guidance() {
    for form in set().forms() {
        let source = form.template.source();
        let name = format!("{} {}", form.collection.source().id, source.id);
        let html = describe::blank(form);
        let said = texts(&html);
        let has = |text: &str| assert!(said.contains(text), "{name} does not say “{text}”");
        has(form.classification());
        has(form.collection.submit_to(&source.id, form.stage));
        for section in &source.sections {
            for field in section.fields.iter().filter(|field| field.prefill.is_none()) {
                has(&field.label);
                field.guidance.iter().for_each(|line| has(line));
                for column in field.columns.iter().filter(|column| column.prefill.is_none()) {
                    has(&column.label);
                    column.guidance.iter().for_each(|line| has(line));
                    form.options(column).iter().for_each(|option| has(&option.label));
                }
                form.options(field).iter().for_each(|option| has(&option.label));
                for key in &field.keys {
                    let list = source.lists.iter().position(|list| list.id == key.list).unwrap();
                    form.list(list).iter().for_each(|entry| has(&entry.label));
                }
            }
        }
    }
}

#[test]
fn a_blank_form_runs_and_fetches_nothing() {
    for form in set().forms() {
        let html = describe::blank(form);
        assert!(html.contains("default-src 'none'"));
        let tags: std::collections::BTreeSet<&str> =
            html.split('<').skip(1).filter_map(|tag| tag.split([' ', '>', '/']).next()).collect();
        for never in ["a", "form", "iframe", "img", "input", "object", "script"] {
            assert!(!tags.contains(never), "<{never}>");
        }
        let addresses = html.split(['"', '\'', '(']).filter(|text| text.starts_with("http"));
        assert_eq!(addresses.count(), 0);
    }
}

#[test]
fn an_item_stands_under_its_own_area_alone() {
    let set = set();
    let form = set.form("practice", "readiness").unwrap();
    let html = describe::blank(form);
    let lists = &form.template.source().lists;
    let items = lists.iter().position(|list| list.id == "readiness_items").unwrap();
    for item in form.list(items) {
        let title = maud::html! { h4 { (item.label) } }.into_string();
        assert_eq!(html.matches(&title).count(), 1, "{}", item.id);
    }
}
