//! What the command line does beside the core: e-mails, receipts of time, decisions that are kept.

use super::hostile::{Place, good};
use super::made::{Desk, Make, key, sealed, thumbprint, workforce};
use ia_returns::collate::Decisions;
use ia_returns::file::Receipt;
use std::fmt::Write as _;
use std::fs;

/// An e-mail with a file attached. The lines above are what the servers on its way put there, the last one topmost.
fn email(received: &[&str], name: &str, attached: &str) -> Vec<u8> {
    let mut text = String::new();
    for at in received {
        let _ = write!(
            text,
            "Received: from somewhere.example (somewhere.example [192.0.2.1])\r\n by mail.example with ESMTPS; {at}\r\n"
        );
    }
    text.push_str("Date: Fri, 28 Jul 2023 09:00:00 +0100\r\nFrom: a@example.nhs.uk\r\nTo: b@example.nhs.uk\r\nSubject: Return\r\n");
    text.push_str("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"part\"\r\n\r\n");
    text.push_str("--part\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n");
    let _ = write!(
        text,
        "--part\r\nContent-Type: application/json\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{attached}\r\n--part--\r\n"
    );
    text.into_bytes()
}

#[test]
fn an_e_mail_was_received_when_the_last_server_took_it_in() {
    let place = Place::new("email");
    let good = String::from_utf8(good()).expect("text");
    let (first, last) = ("Fri, 28 Jul 2023 09:10:00 +0000", "Fri, 28 Jul 2023 14:30:00 +0100");
    // The sender’s own server wrote the line below: the topmost one is believed, and it is late.
    place.put("late.eml", &email(&[last, first], "return.json", &good));
    place.put("nothing.eml", b"Subject: Figures\r\n\r\nWe had 12 absent.\r\n");
    assert_eq!(place.run(&[]).status.code(), Some(0));
    let columns = ["file", "verdict", "received_at", "received_by"];
    assert_eq!(
        place.column("files", &columns),
        ["late.eml/return.json|late|2023-07-28T14:30:00+01:00|email", "nothing.eml|not_a_return||",]
    );
    // A manifest proves more than an e-mail says.
    place.put("../received.csv", b"file,received_at\nlate.eml,2023-07-28T11:00:00+01:00\n");
    assert_eq!(place.run(&["--received", "received.csv"]).status.code(), Some(0));
    assert_eq!(
        place.column("files", &columns)[0],
        "late.eml/return.json|counts|2023-07-28T11:00:00+01:00|manifest"
    );
}

#[test]
fn an_e_mail_without_a_time_of_receipt_came_at_an_unknown_time() {
    let place = Place::new("untimed");
    let good = String::from_utf8(good()).expect("text");
    place.put("one.eml", &email(&[], "return.json", &good));
    assert_eq!(place.run(&[]).status.code(), Some(0));
    assert_eq!(place.column("files", &["verdict", "received_at"]), ["counts|"]);
    let stated = ["--received-at", "2023-07-28T13:00:00+01:00"];
    assert_eq!(place.run(&stated).status.code(), Some(0));
    let found = place.column("files", &["verdict", "received_by"]);
    assert_eq!(found, ["late|stated"]);
}

#[test]
fn a_files_own_time_is_taken_only_where_somebody_asks_and_is_called_assumed() {
    let place = Place::new("assumed");
    place.put("good.json", &good());
    assert_eq!(place.run(&[]).status.code(), Some(0));
    assert_eq!(place.column("files", &["received_by"]), [""]);
    assert_eq!(place.run(&["--assume-file-times"]).status.code(), Some(0));
    assert_eq!(place.column("files", &["verdict", "received_by"]), ["late|assumed"]);
    let both = ["--assume-file-times", "--received-at", "2023-07-28T11:00:00+01:00"];
    assert_eq!(place.run(&both).status.code(), Some(0));
    assert_eq!(place.column("files", &["verdict", "received_by"]), ["counts|stated"]);
}

#[test]
fn what_is_decided_is_kept_and_taken_up_again() {
    let place = Place::new("decided");
    place.put("good.json", &good());
    let code = thumbprint("k1").check_code();
    let confirm = format!("rx1={}", code.to_lowercase());
    let said = place.run(&["--confirm", &confirm, "--by", "Collator on duty"]);
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(place.column("returns", &["status", "sender"]), ["received|confirmed"]);
    let kept = place.0.join("kept.json");
    fs::copy(place.0.join("out/decisions.json"), &kept).expect("it is there");
    let decisions = Decisions::read(&fs::read(&kept).expect("a file")).expect("it reads");
    assert_eq!(decisions.confirmed[0].organisation, "RX1");
    assert_eq!(decisions.seen.len(), 1);
    assert_eq!(place.run(&["--decisions", "kept.json"]).status.code(), Some(0));
    assert_eq!(place.column("returns", &["status", "sender"]), ["received|confirmed"]);
    let since = ["--decisions", "kept.json", "--since", "2023-07-28T15:00:00+01:00"];
    assert_eq!(place.run(&since).status.code(), Some(0));
    assert!(place.column("news", &["file"]).is_empty(), "it was seen at 14:00");
    let wrong = place.run(&["--confirm", "RX1=0000-0000-0000", "--by", "Collator on duty"]);
    assert_eq!(wrong.status.code(), Some(3));
}

#[test]
fn a_signed_receipt_is_given_for_what_counts_and_came_at_a_known_time() {
    let place = Place::new("receipts");
    place.put("good.json", &good());
    place.put("draft.json", b"{}");
    let keeper = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/lists.in/keeper.pem");
    let signed = ["--sign-receipts", keeper, "--by", "Collator on duty", "--job-title", "Collator"];
    let said = |run: &std::process::Output| String::from_utf8_lossy(&run.stdout).into_owned();
    let none = place.run(&signed);
    assert!(said(&none).contains("1 return has no receipt"), "{}", said(&none));
    assert!(!place.0.join("out/receipts").exists());
    let guessed = place.run(&[&signed[..], &["--assume-file-times"]].concat());
    assert!(said(&guessed).contains("0 receipts signed"), "{}", said(&guessed));
    let timed = [&signed[..], &["--received-at", "2023-07-28T11:00:00+01:00"]].concat();
    let one = || {
        assert!(said(&place.run(&timed)).contains("1 receipt signed"));
        let mut all = fs::read_dir(place.0.join("out/receipts")).expect("a folder");
        let path = all.next().expect("a receipt").expect("a receipt").path();
        assert!(all.next().is_none(), "one return counts");
        (path.clone(), fs::read(&path).expect("a file"))
    };
    let (path, bytes) = one();
    assert_eq!(one(), (path.clone(), bytes.clone()), "the same files give the same bytes");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.starts_with("ia-receipt_workforce_sitrep_RX1_r1_"), "{name}");
    let (receipt, document) = Receipt::read(&bytes).expect("a receipt");
    assert_eq!(receipt.received_at.to_london_text(), "2023-07-28T11:00:00+01:00");
    assert_eq!(document.signatures[0].header.signer_name, "Collator on duty");
    let set = crate::support::set();
    let verified = ia_returns::file::verify(&good(), &set).expect("it verifies");
    assert!(receipt.is_for(&verified));
    assert_eq!(receipt.verdict, verified.verdict().code());
    // It proves to the next collation when the return came.
    fs::copy(&path, place.0.join("receipt.json")).expect("a file");
    let from = document.signatures[0].thumbprint.to_string();
    let with = ["--receipt", "receipt.json", "--receipts-from", &from];
    place.run(&with);
    assert!(place.verdicts().contains(&"good.json|counts".to_owned()));
    assert!(place.column("files", &["received_by"]).contains(&"receipt".to_owned()));
}

/// What `template figures` prints, with the figures of a function in it.
fn filled_in(place: &Place, figure: impl Fn(&str) -> &'static str, source: &str) -> String {
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_ia-returns"))
        .args(["template", "figures", "workforce_sitrep", "--for", "sor-2023-07"])
        .args(["--organisation", "rx1"])
        .current_dir(&place.0)
        .output()
        .expect("it runs");
    assert_eq!(printed.status.code(), Some(0), "{}", String::from_utf8_lossy(&printed.stderr));
    let mut rows = csv::Reader::from_reader(printed.stdout.as_slice());
    let mut text =
        format!("{}\n", rows.headers().expect("headings").iter().collect::<Vec<_>>().join(","));
    for row in rows.records() {
        let row = row.expect("a row");
        assert_eq!(&row[0], "RX1");
        let _ = writeln!(
            text,
            "RX1,workforce_sitrep,,Analyst on duty,{source},2023-07-28T11:20:00+01:00,Duty collator,{},{},",
            &row[7],
            figure(&row[7])
        );
    }
    text
}

/// The return of somebody who telephones: 60 due, 12 absent, wherever both are asked.
fn telephoned(answer: &str) -> &'static str {
    match answer.rsplit('.').next().expect("an id") {
        "nil_return" => "No",
        "due_to_work" => "60",
        "absent_ia" => "12",
        _ => "",
    }
}

#[test]
fn figures_that_were_telephoned_are_entered_from_a_file_without_a_draft() {
    let place = Place::new("telephoned");
    place.put("notes.txt", b"Nothing to report");
    place.put("../entered.csv", filled_in(&place, telephoned, "telephone").as_bytes());
    let said = place.run(&["--entered", "entered.csv"]);
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(place.column("returns", &["organisation", "status"]), ["RX1|entered"]);
    // The same again, and a correction, are entered once.
    fs::copy(place.0.join("out/decisions.json"), place.0.join("kept.json")).expect("a file");
    let more = |answer: &str| if answer.ends_with("absent_ia") { "13" } else { telephoned(answer) };
    place.put("../entered.csv", filled_in(&place, more, "email").as_bytes());
    place.run(&["--entered", "entered.csv", "--decisions", "kept.json"]);
    let kept = fs::read(place.0.join("out/decisions.json")).expect("a file");
    assert_eq!(Decisions::read(&kept).expect("it reads").entered.len(), 1);
    let figures = place.column("figures", &["column", "value"]);
    assert!(figures.contains(&"absent_ia|13".to_owned()), "{figures:?}");
    // They give way to the organisation’s own file.
    place.put("good.json", &good());
    place.run(&["--decisions", "kept.json"]);
    assert_eq!(place.column("returns", &["organisation", "status"]), ["RX1|received"]);
}

#[test]
fn a_figure_that_cannot_be_read_is_named_by_its_line_and_nothing_is_entered() {
    let place = Place::new("mistyped");
    place.put("notes.txt", b"Nothing to report");
    let refused = |text: &str, wanted: &str| {
        place.put("../entered.csv", text.as_bytes());
        let said = place.run(&["--entered", "entered.csv"]);
        assert_eq!(said.status.code(), Some(3), "{wanted}");
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.contains(wanted), "{wanted}: {said}");
        assert!(!place.0.join("out").exists());
    };
    let good = filled_in(&place, telephoned, "telephone");
    let line = good.lines().position(|line| line.contains(",60,")).expect("a line") + 1;
    let wanted = format!("entered.csv:{line}: ");
    refused(&good.replacen(",60,", ",sixty,", 1), &wanted);
    refused(&good.replace("telephone", "hearsay"), "“hearsay” is no source");
    refused(&good.replace("RX1,", "ZZ9,"), "no organisation of this collection has");
    refused(&good.replace("Duty collator", ""), "the column by is empty");
    refused(&good.replacen(".due_to_work", ".due_to_play", 1), "is not asked in this return");
    refused(&good.replace("figure,", "number,"), "entered.csv:1: there is no column figure");
    let again = good.lines().nth(line - 1).expect("a line").to_owned();
    refused(&[&good, again.as_str(), "\n"].concat(), "was there already");
}

#[test]
fn a_choice_settles_a_fork_and_one_of_nothing_is_said() {
    let place = Place::new("choice");
    let desk = Desk::new(None);
    let mut ids = Vec::new();
    for more in 0..2 {
        let draft = workforce(&desk.set, &Make { more, ..Make::default() });
        let file = sealed(draft, &key("k1"));
        place.put(&format!("{more}.json"), file.text.as_bytes());
        ids.push(file.id);
    }
    assert_eq!(place.run(&[]).status.code(), Some(1), "a fork is to be settled");
    assert_eq!(place.verdicts(), ["0.json|fork", "1.json|fork"]);
    assert_eq!(place.run(&["--choose", &ids[1]]).status.code(), Some(0));
    assert_eq!(place.verdicts(), ["0.json|not_chosen", "1.json|counts"]);
    let said = place.run(&["--choose", &ids[1], "--choose", "0000"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&said.stdout).contains("--choose 0000"));
}

#[test]
fn the_figures_of_every_return_that_counts_are_there_and_no_names() {
    let place = Place::new("figures");
    place.put("good.json", &good());
    assert_eq!(place.run(&[]).status.code(), Some(0));
    let columns = ["field", "first_key", "second_key", "column", "value", "state"];
    let figures = place.column("figures", &columns);
    let wanted = "workforce.staffing|2023-07-25|diagnostic_radiographer|absent_ia|52|";
    assert!(figures.iter().any(|row| row == wanted), "{figures:?}");
    let blank =
        "workforce.staffing|2023-07-25|diagnostic_radiographer|working_derogation||not_answered";
    assert!(figures.iter().any(|row| row == blank), "{figures:?}");
    let text = fs::read_to_string(place.0.join("out/csv/figures.csv")).expect("a file");
    for name in ["analyst", "Director on call", "@"] {
        assert!(!text.contains(name), "{name}");
    }
}

#[test]
fn a_collection_has_to_be_named() {
    let place = Place::new("named");
    place.put("good.json", &good());
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_ia-returns"))
            .args(["collate", "in", "--out", "out"])
            .args(arguments)
            .env("IA_RETURNS_MEMORY", "")
            .current_dir(&place.0)
            .output()
            .expect("it runs")
    };
    assert_eq!(run(&[]).status.code(), Some(2));
    let said = run(&["--collection", "sor-1999-01"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&said.stderr).contains("sor-2023-07"),
        "it names what there is"
    );
    assert!(!place.0.join("out").exists());
}
