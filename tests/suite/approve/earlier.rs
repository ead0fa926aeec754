//! What changed since the earlier version.

use ia_returns::file::{Draft, verify};

use super::{Screen, seal_with, whole_set};
use crate::support::{IN_TIME, answer, at, filled, sealed, set};

/// The shipped return, and the version that replaces it.
fn versions() -> (String, String) {
    let set = set();
    let first = sealed(&set).text;
    let second =
        std::fs::read_to_string("tests/vectors/genuine/revision-2.json").expect("it is there");
    assert!(verify(second.as_bytes(), &set).is_ok());
    (first, second)
}

#[test]
fn what_changed_since_the_version_that_it_replaces_is_shown_whole() {
    let (first, second) = versions();
    let mut screen = Screen::of(second);
    screen.assert_shows("This version replaces an earlier one");
    screen.choose("earlier", first);
    let changes = screen.region("changes");
    assert!(changes.contains("This return names it as the version that it replaces."), "{changes}");
    assert!(
        changes.contains("Due to start a shift, Diagnostic radiographers, Wednesday 26 July 2023")
    );
    screen.same_as("revision");
}

#[test]
fn a_file_that_is_not_the_version_before_is_named_for_what_it_is() {
    let set = set();
    let (first, second) = versions();
    let mut other = filled(&set, IN_TIME);
    answer(&mut other, "about.submitter_name", "Somebody else");
    let other = seal_with(&other, 7);
    let form = set.form("sor-2023-07", "rescheduled_activity").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    let unlike = Draft::new(form, organisation, None, at(IN_TIME));
    let changed = first.replacen("\"absent_ia\": 52", "\"absent_ia\": 53", 1);
    let cases = [
        (&first, second.clone(), "it says that it is the first version"),
        (&first, first.clone(), "the same return"),
        (&second, other, "replaces another version, not this one"),
        (&second, unlike.write(at(IN_TIME)), "That file is a draft"),
        (&second, changed, "was changed after it was sealed"),
        (
            &second,
            std::fs::read_to_string("tests/vectors/genuine/countersigned.json").unwrap(),
            "another return",
        ),
    ];
    for (open, earlier, says) in cases {
        let mut screen = Screen::of(open);
        screen.choose("earlier", earlier);
        let said = screen.region("changes");
        assert!(said.contains(says), "{says}: {said}");
    }
}

#[test]
fn no_file_after_one_takes_what_was_said_away() {
    let (first, second) = versions();
    let mut screen = Screen::of(second);
    screen.choose("earlier", first);
    screen.choose("earlier", "");
    assert_eq!(screen.region("changes"), "");
}

#[test]
fn with_the_earlier_version_at_hand_a_draft_is_asked_about_its_changes() {
    let set = whole_set();
    let (first, _) = versions();
    let verified = verify(first.as_bytes(), &set).expect("it verifies");
    let mut draft = Draft::revise(&verified).expect("it opens");
    draft.revision = 3;
    draft.inputs.retain(&|_, _| false);
    let mut screen = Screen::of(draft.write(at(IN_TIME)));
    screen.assert_hides("the version that it replaces is 1");
    screen.choose("earlier", first);
    let asked = screen.region("queries");
    assert!(asked.contains("the version that it replaces is 1"), "{asked}");
}
