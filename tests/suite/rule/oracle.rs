//! Random well-typed expressions with every answer given agree with the `cel` crate.
//!
//! What only we have is written for CEL as what it means: `count` as the size of a filtered list,
//! `first` as the first item of one, `min` and `max` of two as a choice. Lists are compared item by
//! item. Sums, least and greatest of lists and `join` have no counterpart there; `cases.rs` holds
//! them worked out by hand.

use std::fmt::Write as _;

use cel::objects::Key;
use cel::{Context, Program as Cel, Value as CelValue, to_value};
use ia_returns::rule::{Shape, Steps, Type, Value, compile};
use proptest::prelude::*;
use serde::Serialize;
use std::rc::Rc;

/// An expression in our language and the same in CEL.
struct Pair {
    ours: String,
    cel: String,
}

impl Pair {
    fn same(text: &str) -> Self {
        Self { ours: text.to_owned(), cel: text.to_owned() }
    }

    fn copy(&self) -> Self {
        Self { ours: self.ours.clone(), cel: self.cel.clone() }
    }

    fn map(self, wrap: impl Fn(&str) -> String) -> Self {
        Self { ours: wrap(&self.ours), cel: wrap(&self.cel) }
    }

    fn with(self, other: &Self, join: impl Fn(&str, &str) -> String) -> Self {
        Self { ours: join(&self.ours, &other.ours), cel: join(&self.cel, &other.cel) }
    }
}

/// Decisions taken one after another; 0 when they are used up, which stands for the simplest.
struct Tape<'t> {
    bytes: std::slice::Iter<'t, u8>,
    /// How many rows are in scope, named r0, r1, …
    rows: usize,
}

impl Tape<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(*self.bytes.next().unwrap_or(&0)) % limit
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    /// The name of a part of a row in scope or, where there is none, a name of the return.
    fn name(&mut self, part: &str, roots: &[&'static str]) -> Pair {
        let choice = self.below(roots.len() + self.rows);
        match roots.get(choice) {
            Some(root) => Pair::same(root),
            None => Pair::same(&format!("r{}.{part}", choice - roots.len())),
        }
    }

    fn number(&mut self, depth: usize) -> Pair {
        match if depth == 0 { self.below(2) } else { self.below(11) } {
            1 => Pair::same(self.pick(&["0", "1", "2", "-1", "1000", "-9223372036854775808"])),
            2..=4 => self.chain(depth),
            5 => self.number(depth - 1).map(|of| format!("-({of})")),
            6 => {
                let condition = self.test(depth - 1);
                let branches = self
                    .number(depth - 1)
                    .with(&self.number(depth - 1), |a, b| format!("{a} : {b}"));
                condition
                    .with(&branches, |condition, branches| format!("({condition} ? {branches})"))
            }
            7 => {
                let (function, sign) = if self.below(2) == 0 { ("min", '<') } else { ("max", '>') };
                let (a, b) = (self.number(depth - 1), self.number(depth - 1));
                Pair {
                    ours: format!("{function}({}, {})", a.ours, b.ours),
                    cel: format!("(({}) {sign} ({}) ? ({0}) : ({1}))", a.cel, b.cel),
                }
            }
            8 => self.words(depth - 1).map(|of| format!("size({of})")),
            9 => {
                let over = |list: &str, row: &str, body: &Pair| Pair {
                    ours: format!("{list}.count({row}, {})", body.ours),
                    cel: format!("size({list}.filter({row}, {}))", body.cel),
                };
                self.over_rows(|tape| tape.test(depth - 1), over)
            }
            10 => self.list(depth - 1).map(|list| format!("size({list})")),
            _ => self.name("n", &["a", "b", "c"]),
        }
    }

    /// Sums and products without brackets, so that precedence is compared too.
    fn chain(&mut self, depth: usize) -> Pair {
        let mut chain = self.number(depth - 1);
        for _ in 0..=self.below(3) {
            let sign = self.pick(&["+", "-", "*", "/", "%"]);
            let next = self.number(depth - 1);
            chain = chain.with(&next, |chain, next| format!("{chain} {sign} {next}"));
        }
        chain.map(|chain| format!("({chain})"))
    }

    fn test(&mut self, depth: usize) -> Pair {
        match if depth == 0 { self.below(2) } else { self.below(13) } {
            1..=4 => {
                let sign = self.pick(&["==", "!=", "<", "<=", ">", ">="]);
                let depth = depth.saturating_sub(1);
                self.number(depth).with(&self.number(depth), |a, b| format!("{a} {sign} {b}"))
            }
            5..=7 => {
                let mut chain = self.test(depth - 1);
                for _ in 0..=self.below(3) {
                    let sign = self.pick(&["&&", "||"]);
                    let next = self.test(depth - 1);
                    chain = chain.with(&next, |chain, next| format!("{chain} {sign} {next}"));
                }
                chain.map(|chain| format!("({chain})"))
            }
            8 => self.test(depth - 1).map(|of| format!("!({of})")),
            9 => {
                let find = self.pick(&["startsWith", "endsWith", "contains"]);
                let pair = (self.words(depth - 1), self.words(depth - 1));
                pair.0.with(&pair.1, |text, part| format!("{text}.{find}({part})"))
            }
            10 => {
                let within = self
                    .number(depth - 1)
                    .with(&self.number(depth - 1), |a, b| format!("[{a}, {b}, 2]"));
                self.number(depth - 1).with(&within, |a, list| format!("{a} in {list}"))
            }
            11 => {
                let function = self.pick(&["all", "exists"]);
                self.over_rows(
                    |tape| tape.test(depth - 1),
                    |list, row, body| {
                        Pair::same("")
                            .with(body, |_, body| format!("{list}.{function}({row}, {body})"))
                    },
                )
            }
            12 => {
                let list = self.figures(depth - 1);
                self.number(depth - 1).with(&list, |a, list| format!("{a} in {list}"))
            }
            _ => self.name("p", &["p", "q"]),
        }
    }

    fn words(&mut self, depth: usize) -> Pair {
        match if depth == 0 { self.below(2) } else { self.below(3) } {
            1 => Pair::same(self.pick(&["''", "'a'", "\"ab\"", "'é\\'\\\\'", "'acute trust'"])),
            2 => {
                let condition = self.test(depth - 1);
                let words =
                    self.words(depth - 1).with(&self.words(depth - 1), |a, b| format!("{a} : {b}"));
                condition.with(&words, |condition, words| format!("({condition} ? {words})"))
            }
            _ => self.name("t", &["t", "u"]),
        }
    }

    /// A list: some of the rows, or a figure of each.
    fn list(&mut self, depth: usize) -> Pair {
        match self.below(2) {
            0 => self.some_rows(depth),
            _ => self.figures(depth),
        }
    }

    fn some_rows(&mut self, depth: usize) -> Pair {
        self.over_rows(
            |tape| tape.test(depth),
            |list, row, body| {
                Pair::same("").with(body, |_, body| format!("{list}.filter({row}, {body})"))
            },
        )
    }

    fn figures(&mut self, depth: usize) -> Pair {
        let rows = if self.below(2) == 0 { Pair::same("rows") } else { self.some_rows(depth) };
        self.over_rows(
            |tape| tape.number(depth),
            |_, row, body| {
                rows.copy().with(body, |rows, body| format!("{rows}.map({row}, {body})"))
            },
        )
    }

    fn over_rows(
        &mut self,
        body: impl FnOnce(&mut Self) -> Pair,
        write: impl Fn(&str, &str, &Pair) -> Pair,
    ) -> Pair {
        let row = format!("r{}", self.rows);
        self.rows += 1;
        let body = body(self);
        self.rows -= 1;
        write("rows", &row, &body)
    }
}

#[derive(Clone, Debug, Serialize)]
struct Row {
    n: i64,
    p: bool,
    t: String,
}

#[derive(Clone, Debug)]
struct Answers {
    numbers: [i64; 3],
    conditions: [bool; 2],
    texts: [String; 2],
    rows: Vec<Row>,
}

impl Answers {
    fn shape() -> Rc<Shape> {
        let row = Shape::new([("n", Type::Int), ("p", Type::Bool), ("t", Type::Text)]);
        let rows = Type::List(Box::new(Type::Record(Rc::new(row))));
        Rc::new(Shape::new([
            ("a", Type::Int),
            ("b", Type::Int),
            ("c", Type::Int),
            ("p", Type::Bool),
            ("q", Type::Bool),
            ("t", Type::Text),
            ("u", Type::Text),
            ("rows", rows),
        ]))
    }

    fn ours(&self) -> Vec<Value> {
        let row =
            |row: &Row| Value::record([Value::Int(row.n), Value::Bool(row.p), Value::text(&row.t)]);
        let mut values: Vec<Value> = self.numbers.into_iter().map(Value::Int).collect();
        values.extend(self.conditions.into_iter().map(Value::Bool));
        values.extend(self.texts.iter().map(|text| Value::text(text)));
        values.push(Value::list(self.rows.iter().map(row)));
        values
    }

    fn cel(&self) -> Context<'static, 'static> {
        let mut context = Context::default();
        for (name, value) in ["a", "b", "c"].into_iter().zip(self.numbers) {
            context.add_variable_from_value(name, value);
        }
        for (name, value) in ["p", "q"].into_iter().zip(self.conditions) {
            context.add_variable_from_value(name, value);
        }
        for (name, value) in ["t", "u"].into_iter().zip(self.texts.clone()) {
            context.add_variable_from_value(name, value);
        }
        context.add_variable_from_value("rows", to_value(&self.rows).unwrap());
        context
    }
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        8 => -3..40_i64,
        1 => any::<i64>(),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX, i64::MAX / 2]),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "a", "ab", "acute", "acute trust", "é'\\", "\u{1F691}"])
        .prop_map(str::to_owned)
}

fn answers() -> impl Strategy<Value = Answers> {
    let row = (number(), any::<bool>(), text()).prop_map(|(n, p, t)| Row { n, p, t });
    let rows = prop::collection::vec(row, 0..4);
    (prop::array::uniform3(number()), any::<[bool; 2]>(), [text(), text()], rows)
        .prop_map(|(numbers, conditions, texts, rows)| Answers { numbers, conditions, texts, rows })
}

/// Compares one expression; whether it was one that compiles.
fn agree(pair: &Pair, answers: &Answers) -> bool {
    let program = match compile(&pair.ours, &Answers::shape()) {
        Ok(program) => program,
        Err(fault) => {
            // A part made of literals alone, or too high a tower of brackets.
            let known = fault.message.contains("no names") || fault.message.contains("nested");
            assert!(known, "{}: {fault:?}", pair.ours);
            return false;
        }
    };
    let ours = program.run(&answers.ours(), &mut Steps::new(1_000_000));
    let cel = Cel::compile(&pair.cel).expect("CEL reads it").execute(&answers.cel());
    let mut case = String::new();
    write!(case, "{}\nas CEL: {}\nwith {answers:?}\n{ours:?}\n{cel:?}", pair.ours, pair.cel)
        .unwrap();
    match (ours, cel) {
        (Ok(ours), Ok(cel)) => assert!(same(&ours, &cel), "{case}"),
        (Err(_), Err(_)) => {}
        // CEL forgives an overflow on the left of `&&` when its right side is false; we do not.
        (Err(_), Ok(_)) => {
            let forgiving = ["&&", "||", ".all", ".exists"];
            assert!(forgiving.iter().any(|part| pair.cel.contains(part)), "{case}");
        }
        (Ok(_), Err(_)) => panic!("{case}"),
    }
    true
}

/// Whether both mean the same, through and through; a row is a record here and a map there.
fn same(ours: &Value, cel: &CelValue) -> bool {
    match (ours, cel) {
        (Value::Bool(ours), CelValue::Bool(cel)) => ours == cel,
        (Value::Int(ours), CelValue::Int(cel)) => ours == cel,
        (Value::Text(ours), CelValue::String(cel)) => **ours == **cel,
        (Value::List(ours), CelValue::List(cel)) => {
            ours.len() == cel.len() && ours.iter().zip(cel.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Record(ours), CelValue::Map(cel)) => {
            let parts = ["n", "p", "t"].map(|name| cel.map.get(&Key::from(name)));
            ours.len() == parts.len()
                && ours.iter().zip(parts).all(|(a, b)| b.is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn answered_expressions_agree_with_cel(
        tape in prop::collection::vec(any::<u8>(), 1..80),
        answers in answers(),
    ) {
        let mut tape = Tape { bytes: tape.iter(), rows: 0 };
        let pair = match tape.below(4) {
            0 => tape.number(3),
            1 => tape.test(3),
            2 => tape.list(2),
            _ => tape.words(2),
        };
        prop_assume!(agree(&pair, &answers));
    }
}

#[test]
fn first_is_the_first_of_a_filtered_list() {
    let row = |n, p| Row { n, p, t: String::new() };
    let answers = Answers {
        numbers: [1, 2, 3],
        conditions: [true, false],
        texts: [String::new(), String::new()],
        rows: vec![row(1, false), row(20, true), row(30, true)],
    };
    for (ours, cel) in [
        ("rows.first(r, r.p).n", "rows.filter(r, r.p)[0].n"),
        ("rows.first(r, r.n > a + 20).n", "rows.filter(r, r.n > a + 20)[0].n"),
    ] {
        assert!(agree(&Pair { ours: ours.to_owned(), cel: cel.to_owned() }, &answers), "{ours}");
    }
}
