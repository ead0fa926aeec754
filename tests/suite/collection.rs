//! Collections from outside: what an author can write, and what is said of what cannot be.

use ia_returns::cli::sources;
use ia_returns::collection::{Document, Set, author};
use ia_returns::template::author::AuthorFault;

/// The shipped data with changes made to the text of one collection.
fn changed(id: &str, changes: &[(&str, &str)]) -> Result<Vec<Document>, Vec<AuthorFault>> {
    let mut files = sources::shipped();
    let file = files.collections.iter_mut().find(|file| file.stem() == id).unwrap();
    for (from, to) in changes {
        assert!(file.text.contains(from), "{id} does not say {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    author::compile(&files)
}

/// The July window as two: an estimate before the action, final figures after it.
const STAGES: (&str, &str) = (
    "[[return]]\ntemplate = \"workforce_sitrep\"\n",
    "[[return]]\ntemplate = \"workforce_sitrep\"\nstage = \"estimate\"\nowed_by = [\"trust\"]\nopen_to = [\"icb\"]\n\
     opens = \"2023-07-24T09:00\"\ncloses = \"2023-07-24T13:00\"\n\n\
     [[return]]\ntemplate = \"workforce_sitrep\"\nstage = \"final\"\n",
);

#[test]
fn a_template_owed_as_estimate_and_as_final_is_two_forms_with_two_windows() {
    let set = Set::load(&changed("sor-2023-07", &[STAGES]).unwrap()).unwrap();
    let first = set.form("sor-2023-07", "workforce_sitrep").unwrap();
    assert_eq!(first.stage, Some("estimate"));
    let (collection, template) = (first.collection.sha256(), first.template.sha256());
    let last = set.form_by_hash(collection, template, Some("final")).unwrap();
    let words = |form: &ia_returns::collection::Form| form.window.unwrap().words();
    assert_eq!(words(first), "9:00am to 1:00pm BST on Monday 24 July 2023");
    assert_eq!(words(last), "9:00am to 1:00pm BST on Friday 28 July 2023");
    assert!(set.form_by_hash(collection, template, None).is_none());
    let (due, _) = first.collection.due("workforce_sitrep", Some("estimate")).unwrap();
    assert_eq!((&due.owed_by, &due.open_to), (&vec!["trust".into()], &vec!["icb".into()]));
    assert!(first.collection.due("workforce_sitrep", Some("final")).unwrap().0.open_to.is_empty());
}

#[test]
fn a_template_owed_twice_without_a_stage_is_a_fault_at_the_second() {
    let twice = ("stage = \"estimate\"\n", "");
    let faults = changed("sor-2023-07", &[STAGES, twice]).unwrap_err();
    let fault = &faults[0];
    assert_eq!(fault.message, "workforce_sitrep is owed twice");
    let text = std::fs::read_to_string("collections/sor-2023-07.toml").unwrap();
    let first = text.lines().position(|line| line == "[[return]]").unwrap() + 1;
    assert!(fault.line > first, "{fault}");
}

#[test]
fn a_stage_is_one_of_two_words() {
    let other = ("stage = \"estimate\"", "stage = \"draft\"");
    let faults = changed("sor-2023-07", &[STAGES, other]).unwrap_err();
    assert_eq!(faults[0].message, "found text “draft”, expected one of estimate, final");
}

#[test]
fn a_return_may_be_marked_higher_than_its_collection() {
    let marked = (
        "template = \"workforce_sitrep\"\n",
        "template = \"workforce_sitrep\"\nclassification = \"OFFICIAL-SENSITIVE\"\n",
    );
    let set = Set::load(&changed("sor-2023-07", &[marked]).unwrap()).unwrap();
    let form = set.form("sor-2023-07", "workforce_sitrep").unwrap();
    let (due, _) = form.collection.due("workforce_sitrep", None).unwrap();
    assert_eq!(form.collection.classification(due), "OFFICIAL-SENSITIVE");
    assert_eq!(form.collection.source().classification, "OFFICIAL");
}

#[test]
fn the_order_of_a_workbooks_cells_and_the_date_of_a_limit_are_data() {
    let more = (
        "[parameters]\n",
        "[[workbook]]\ntemplate = \"workforce_sitrep\"\ntitle = \"Annex A\"\nsource = \"Inferred\"\n\n\
         [[workbook.block]]\nfields = [\"about.nil_return\"]\n\n\
         [[workbook.block]]\ntable = \"workforce.staffing\"\nkeys = [\"strike_date\"]\n\
         columns = [\"due_to_work\", \"absent_ia\"]\nheading = true\n\n[parameters]\n",
    );
    let dated = ("{ value = 15, ", "{ value = 15, since = \"2023-07-01\", ");
    let set = Set::load(&changed("sor-2023-07", &[more, dated]).unwrap()).unwrap();
    let source = set.form("sor-2023-07", "workforce_sitrep").unwrap().collection.source();
    let workbook = source.workbooks.iter().find(|own| own.title == "Annex A").unwrap();
    assert_eq!(workbook.blocks.len(), 2);
    assert_eq!(workbook.blocks[1].table.as_deref(), Some("workforce.staffing"));
    assert!(workbook.blocks[1].heading);
    let setting = source.parameter("absent_other_query_pct").unwrap();
    assert_eq!(setting.since.as_deref(), Some("2023-07-01"));
}
