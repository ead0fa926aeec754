//! How fast a return is checked, against what `serde_json` needs to parse the same return.
//!
//! The return has 144 figures: 12 staff groups on 3 dates, 4 figures each. What is parsed is its file
//! as it is saved before it is sealed, 10 KB; sealed, with the calculated values, it would be twice
//! as long and the ratio half as large. `cargo xtask bench` runs this and holds the ratio
//! (DESIGN.md 8).
#![allow(
    missing_docs,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement stops where what it measures is not there; criterion writes public items and counts in fractions"
)]

use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, criterion_group, criterion_main};
use ia_returns::answers::{Answers, Place, entry};
use ia_returns::check::{Mistakes, check};
use ia_returns::cli::sources;
use ia_returns::collection::{Set, author};
use ia_returns::file::Draft;
use ia_returns::json::{self, Map, Value};
use ia_returns::template::author::File;
use ia_returns::time::Instant;
use std::hint::black_box;
use std::time::Duration;

/// The time that this thread was running: what else the machine does hardly matters to it.
struct Running;

impl Measurement for Running {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        const WALL: WallTime = WallTime;
        WALL.formatter()
    }
}

/// 10:40 BST on 28 July 2023, inside the window.
const NOW: &str = "2023-07-28T10:40:00+01:00";

fn set() -> Set {
    let mut files = sources::shipped();
    files.collections.push(File {
        path: "benches/twelve-groups.toml".to_owned(),
        text: include_str!("twelve-groups.toml").to_owned(),
    });
    let documents = author::compile(&files)
        .unwrap_or_else(|faults| panic!("{}", faults.first().expect("a fault")));
    Set::load(&documents).expect("the set loads")
}

fn now() -> Instant {
    Instant::parse(NOW).expect("a time")
}

fn answer(draft: &mut Draft, id: &str, typed: &str) {
    let place = Place::parse(id, &draft.form, &draft.answers).expect(id);
    let read = entry::read(&draft.form, place.field(&draft.form).expect(id), typed).expect(id);
    draft.answers.set(place, read);
}

/// Every figure is there, and one row gives rise to a query.
fn filled(set: &Set) -> Draft {
    let form = set.form("twelve-groups", "workforce_sitrep").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    let (days, groups) = (form.list(0).to_vec(), form.list(1).to_vec());
    let mut draft = Draft::new(form, organisation, None, now());
    for (id, text) in [
        ("about.nil_return", "no"),
        ("about.submitter_name", "Information analyst on duty"),
        ("about.submitter_role", "Information analyst"),
        ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
        ("declared.signoff_name", "Director on call"),
        ("declared.signoff_role", "duty_director"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T10:30"),
    ] {
        answer(&mut draft, id, text);
    }
    for (day, entry) in days.iter().enumerate() {
        for (group, other) in groups.iter().enumerate() {
            let due = 40 + 17 * group + day;
            let absent_other = if (day, group) == (0, 3) { due / 4 } else { due / 20 };
            for (column, figure) in [
                ("due_to_work", due),
                ("absent_ia", due / 2),
                ("absent_other", absent_other),
                ("working_derogation", due / 8),
            ] {
                let id = format!("workforce.staffing.{}.{}.{column}", entry.id, other.id);
                answer(&mut draft, &id, &figure.to_string());
            }
        }
    }
    draft
}

fn members<'v>(draft: &'v Value, name: &str) -> &'v Map {
    draft.get("draft").and_then(|d| d.get(name)).and_then(Value::as_object).expect(name)
}

fn measure(criterion: &mut Criterion<Running>) {
    let set = set();
    let draft = filled(&set);
    let text = draft.write(now());
    let mistakes = Mistakes::new();
    let rules: Vec<String> =
        check(&draft.subject(now(), &mistakes)).findings().iter().map(|f| f.rule.clone()).collect();
    assert_eq!(rules, ["BN01", "BQ04"], "the return is the one that is meant to be measured");

    let mut group = criterion.benchmark_group("return");
    group.bench_function("parse with serde_json", |bencher| {
        bencher.iter(|| {
            serde_json::from_slice::<serde_json::Value>(black_box(text.as_bytes())).expect("JSON")
        });
    });
    group.bench_function("read strictly", |bencher| {
        bencher.iter(|| json::read(black_box(text.as_bytes())).expect("I-JSON"));
    });
    group.bench_function("check and score", |bencher| {
        bencher.iter(|| check(black_box(&draft.subject(now(), &mistakes))));
    });
    group.bench_function("text in, verdict out", |bencher| {
        bencher.iter(|| {
            let value = json::read(black_box(text.as_bytes())).expect("I-JSON");
            let (answers, declared) = (members(&value, "answers"), members(&value, "declared"));
            let answers = Answers::read(&draft.form, answers, declared).expect("answers");
            let read = Draft { answers, ..draft.clone() };
            check(&read.subject(now(), &mistakes)).is_sealable()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(Running);
    targets = measure
}
criterion_main!(benches);
