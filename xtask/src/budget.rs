//! How big the products may be. A breach of a limit fails `cargo xtask test`; the goals are the design's, and what is
//! over its goal is printed as such on every build until it is not.

use anyhow::{Result, bail};

use crate::encode::gzip;
use crate::engine::Engine;
use crate::page::{HostedFile, Load};

/// Bytes in the KB and MB of the limits.
const KB: usize = 1_000;
const MB: usize = 1_000_000;

/// The limits. `cargo xtask build` prints them beside what was built. A limit above its goal only ever goes down: it
/// stands just above the smallest engine so far, so that nobody makes it larger by accident (docs/size.md).
const ENGINE: Limit = Limit { what: "engine (wasm), raw", bytes: 370 * KB, goal: 350 * KB };
const HOSTED: Limit =
    Limit { what: "hosted return, first load, gzip", bytes: 220 * KB, goal: 220 * KB };
const SINGLE: Limit = Limit { what: "return.html, raw", bytes: MB, goal: MB };

struct Limit {
    what: &'static str,
    bytes: usize,
    /// What DESIGN.md section 8 asks for.
    goal: usize,
}

/// A product's size beside its limit.
pub(crate) struct Measure {
    what: &'static str,
    bytes: usize,
    limit: Option<usize>,
    goal: Option<usize>,
}

impl Measure {
    fn against(limit: &Limit, bytes: usize) -> Self {
        Self { what: limit.what, bytes, limit: Some(limit.bytes), goal: Some(limit.goal) }
    }

    fn misses_goal(&self) -> bool {
        self.goal.is_some_and(|goal| self.bytes > goal)
    }

    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.bytes > limit)
    }
}

/// Measures what ships.
pub(crate) fn measure(
    engine: &Engine,
    single: &str,
    hosted: &[HostedFile],
) -> Result<Vec<Measure>> {
    let packed = |load| -> Result<usize> {
        let files = hosted.iter().filter(|file| file.load == load);
        files.map(|file| Ok(gzip(file.text.as_bytes())?.len())).sum()
    };
    let free = |what, bytes| Measure { what, bytes, limit: None, goal: None };
    Ok(vec![
        Measure::against(&ENGINE, engine.wasm.len()),
        free("engine (wasm), gzip", engine.packed.len()),
        Measure::against(&SINGLE, single.len()),
        free("return.html, gzip", gzip(single.as_bytes())?.len()),
        Measure::against(&HOSTED, packed(Load::First)?),
        free("hosted data of all collections, gzip", packed(Load::Later)?),
    ])
}

/// Prints the sizes as a table.
pub(crate) fn print(measures: &[Measure]) {
    println!("{:<34} {:>12} {:>12} {:>12}", "what ships", "bytes", "limit", "goal");
    for measure in measures {
        let or_none = |bytes: Option<usize>| bytes.map_or_else(|| "-".to_owned(), grouped);
        let (limit, goal) = (or_none(measure.limit), or_none(measure.goal));
        let verdict = match (measure.is_over(), measure.misses_goal()) {
            (true, _) => "  OVER ITS LIMIT",
            (false, true) => "  over its goal",
            (false, false) => "",
        };
        let bytes = grouped(measure.bytes);
        println!("{:<34} {bytes:>12} {limit:>12} {goal:>12}{verdict}", measure.what);
    }
}

/// Fails when something is over its limit.
///
/// # Errors
///
/// Names everything that is over.
pub(crate) fn check(measures: &[Measure]) -> Result<()> {
    let over: Vec<&str> = measures.iter().filter(|m| m.is_over()).map(|m| m.what).collect();
    if !over.is_empty() {
        bail!("over the limit of xtask/src/budget.rs: {}", over.join("; "));
    }
    Ok(())
}

/// 1234567 → "1,234,567".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_over_the_limit_fails() {
        let limit = Limit { what: "it", bytes: 10, goal: 5 };
        assert!(check(&[Measure::against(&limit, 10)]).is_ok());
        assert!(check(&[Measure::against(&limit, 11)]).is_err());
    }

    #[test]
    fn numbers_are_grouped_in_threes() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(350_000), "350,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
