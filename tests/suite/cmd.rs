//! The command line, by cases that are data: `tests/cmd/*.trycmd`, each with its folder of files.

use crate::support::{IN_TIME, LATE, answer, cell, filled, same_as_file, sealed, set};

#[test]
fn the_files_of_the_cases_are_what_the_code_writes_now() {
    let set = set();
    let draft = filled(&set, IN_TIME);
    let at = crate::support::at;
    same_as_file("data/drafts/rx1-complete.json", &draft.write(at(IN_TIME)));
    same_as_file("cmd/sign.in/draft.json", &draft.write(at(IN_TIME)));
    same_as_file("cmd/sign.out/draft.json", &draft.write(at(IN_TIME)));
    same_as_file("cmd/sign.out/sealed.json", &sealed(&set).text);
    same_as_file("cmd/senders.in/sealed.json", &sealed(&set).text);
    same_as_file("cmd/senders.out/sealed.json", &sealed(&set).text);
    same_as_file("cmd/lists.in/sealed.json", &sealed(&set).text);
    same_as_file("cmd/lists.out/sealed.json", &sealed(&set).text);
    let mut wrong = filled(&set, IN_TIME);
    answer(&mut wrong, &cell(0, 0, "absent_ia"), "98");
    wrong.explanations.clear();
    same_as_file("data/drafts/rx1-one-mistake.json", &wrong.write(at(IN_TIME)));
    same_as_file("cmd/sign.in/mistake.json", &wrong.write(at(IN_TIME)));
    same_as_file("cmd/sign.out/mistake.json", &wrong.write(at(IN_TIME)));
    same_as_file("data/drafts/rx1-late.json", &filled(&set, LATE).write(at(LATE)));
    same_as_file("data/returns/rx1-sealed.json", &sealed(&set).text);
    let changed = sealed(&set).text.replace("\"due_to_work\": 88", "\"due_to_work\": 98");
    same_as_file("data/returns/rx1-changed.json", &changed);
    for folder in ["in", "out"] {
        let name = |file: &str| format!("cmd/collate.{folder}/{file}");
        same_as_file(&name("received/rx1.json"), &sealed(&set).text);
        same_as_file(&name("received/changed.json"), &changed);
        same_as_file(&name("received/draft.json"), &draft.write(at(IN_TIME)));
    }
    let audit = include_str!("../data/engine/audit.toml");
    same_as_file("cmd/template.in/set/templates/audit.toml", audit);
    let round = include_str!("../data/engine/round.toml");
    same_as_file("cmd/template.in/set/collections/engine.toml", round);
}

#[test]
fn every_case_of_the_command_line_says_what_its_file_says() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .default_bin_path(env!("CARGO_BIN_EXE_ia-returns"))
        .env("IA_RETURNS_PASSPHRASE", "four unrelated plain words")
        // In the folder of each case: a test leaves nothing in the home of whoever runs it.
        .env("IA_RETURNS_MEMORY", "remembered.json");
}

#[test]
fn the_readme_shows_what_the_program_says() {
    let read = |name: &str| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
            .unwrap()
    };
    let case = read("tests/cmd/readme.trycmd");
    let block =
        case.split("```console\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    for line in block.lines().filter(|line| !line.starts_with("? ")) {
        assert!(read("README.md").contains(line), "README.md does not show: {line}");
    }
}
