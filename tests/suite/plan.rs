//! Plans on a tape: what the engine of the pages runs is what the build compiled.

use crate::support::documents;
use ia_returns::collection::{Document, DocumentKind, Set};
use ia_returns::template::Template;

fn templates() -> impl Iterator<Item = &'static Document> {
    documents().iter().filter(|document| document.kind == DocumentKind::Template)
}

#[test]
fn a_plan_that_is_read_is_the_plan_that_was_compiled() {
    let mut count = 0;
    for document in templates() {
        let compiled = Template::read(document.json.as_bytes()).unwrap();
        let tape = compiled.tape();
        let read = Template::read_planned(document.json.as_bytes(), &tape).unwrap();
        assert_eq!(
            format!("{:?}", read.plan()),
            format!("{:?}", compiled.plan()),
            "{}",
            document.id
        );
        assert_eq!(read.tape(), tape, "{}", document.id);
        assert_eq!(read.sha256(), compiled.sha256());
        count += 1;
    }
    assert_eq!(count, 5);
}

#[test]
fn every_template_has_a_plan_under_its_hash() {
    for document in templates() {
        let template = Template::read(document.json.as_bytes()).unwrap();
        let mut plans = documents().iter().filter(|it| it.kind == DocumentKind::Plan);
        let plan = plans.find(|it| it.id == template.sha256());
        let json = plan.map(|it| ia_returns::json::read(it.json.as_bytes()).unwrap());
        let tape = json.as_ref().and_then(|json| json.as_str());
        assert_eq!(tape, Some(template.tape().as_str()), "{}", document.id);
    }
}

#[test]
fn a_plan_that_was_cut_or_changed_is_refused_or_read_and_never_a_panic() {
    let document = templates().find(|it| it.id == "workforce_sitrep").unwrap();
    let tape = Template::read(document.json.as_bytes()).unwrap().tape();
    let read = |tape: &str| Template::read_planned(document.json.as_bytes(), tape);
    for end in (0..tape.len()).step_by(97).filter(|end| tape.is_char_boundary(*end)) {
        assert!(read(&tape[..end]).is_err(), "cut at {end}");
    }
    assert!(read(&format!("{tape}0 ")).is_err(), "more than a plan");
    for at in (0..tape.len()).step_by(89).filter(|at| tape.is_char_boundary(*at)) {
        let rest = tape[at..].char_indices().nth(1).map_or("", |(next, _)| &tape[at + next..]);
        for digit in ["9", "0", " ", "-"] {
            // Read or refused: what counts is that it comes back.
            let _ = read(&format!("{}{digit}{rest}", &tape[..at]));
        }
    }
}

#[test]
fn a_set_may_grow_collection_by_collection() {
    let collections = |it: &&Document| it.kind == DocumentKind::Collection;
    let first: Vec<Document> = documents().iter().filter(collections).cloned().collect();
    let mut set = Set::default();
    set.add(&first).unwrap();
    assert!(set.forms().is_empty(), "nothing to fill in is here yet");
    let missing = set.missing("sor-2023-07");
    assert_eq!(missing.iter().filter(|need| need.kind == DocumentKind::Organisations).count(), 1);
    assert!(Set::load(&first).is_err(), "an operator's set is whole");

    for need in missing {
        let is_it = |it: &&Document| {
            it.kind == need.kind && it.id == need.id
                || it.kind == DocumentKind::Plan && it.id == need.sha256
        };
        assert!(set.form("sor-2023-07", "workforce_sitrep").is_none());
        let more: Vec<Document> = documents().iter().filter(is_it).cloned().collect();
        set.add(&more).unwrap();
    }
    assert!(set.missing("sor-2023-07").is_empty());
    assert!(set.form("sor-2023-07", "workforce_sitrep").is_some());
    assert!(set.missing("nowhere").is_empty());
    let before = set.forms().len();
    set.add(&[]).unwrap();
    assert_eq!(set.forms().len(), before, "a collection is joined once");
}
