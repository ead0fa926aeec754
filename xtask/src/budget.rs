//! How big the products may be: what DESIGN.md section 8 asks for. A breach fails `cargo xtask test`.

use anyhow::{Result, bail};

use crate::encode::gzip;
use crate::engine::Engine;
use crate::page::{HostedFile, Load};
use crate::second::Second;

/// Bytes in the KB and MB of the limits.
const KB: usize = 1_000;
const MB: usize = 1_000_000;

/// The limits. `cargo xtask build` prints them beside what was built; docs/size.md says what is dear. The engine's stands
/// above the 350 KB of DESIGN.md 8, just above what it weighs, and only goes down.
const ENGINE: Limit = Limit { what: "engine (wasm), raw", bytes: 396 * KB };
const KEYS: Limit = Limit { what: "engine of kept keys (wasm), raw", bytes: 245 * KB };
const HOSTED: Limit = Limit { what: "hosted return, first load, gzip", bytes: 220 * KB };
/// With both engines.
const SINGLE: Limit = Limit { what: "return.html, raw", bytes: MB };
/// Stands just above what it is: a translator that writes more has to be looked at.
const SECOND: Limit = Limit { what: "second engine (plain script), gzip", bytes: 240 * KB };
const SECOND_KEYS: Limit = Limit { what: "second engine of kept keys, gzip", bytes: 166 * KB };
/// The approver's page. It opens kept keys too: key files in portions are 3 KB of their engine.
const APPROVE: Limit = Limit { what: "engine of the approver (wasm), raw", bytes: 480 * KB };
const HOSTED_APPROVE: Limit = Limit { what: "hosted approve, first load, gzip", bytes: 250 * KB };
const SINGLE_APPROVE: Limit = Limit { what: "approve.html, raw", bytes: MB };
const SECOND_APPROVE: Limit =
    Limit { what: "second engine of the approver, gzip", bytes: 304 * KB };

/// The collator's page; it carries a workbook writer.
const COLLATE: Limit = Limit { what: "engine of the collator (wasm), raw", bytes: 1_345 * KB };
const SINGLE_COLLATE: Limit = Limit { what: "collate.html, raw", bytes: 3 * MB };

struct Limit {
    what: &'static str,
    bytes: usize,
}

/// A product's size beside its limit.
pub(crate) struct Measure {
    what: &'static str,
    bytes: usize,
    limit: Option<usize>,
}

impl Measure {
    fn against(limit: &Limit, bytes: usize) -> Self {
        Self { what: limit.what, bytes, limit: Some(limit.bytes) }
    }

    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.bytes > limit)
    }
}

/// Measures what ships.
pub(crate) fn measure(
    [engine, keys, approve, collate]: [&Engine; 4],
    [second, second_keys, second_approve, second_collate]: [&Second; 4],
    [single, single_approve, single_collate]: [&str; 3],
    hosted: &[HostedFile],
) -> Result<Vec<Measure>> {
    let sum = |is_in: &dyn Fn(&HostedFile) -> bool| -> Result<usize> {
        let files = hosted.iter().filter(|file| is_in(file));
        files.map(|file| Ok(gzip(file.text.as_bytes())?.len())).sum()
    };
    let packed = |load| sum(&|file| file.load == load);
    // The first script and the style are those of the submitter's page.
    let of_approve = |file: &HostedFile| {
        file.load == Load::FirstOfApprove || ["first.js", "style.css"].contains(&file.name.as_str())
    };
    let free = |what, bytes| Measure { what, bytes, limit: None };
    Ok(vec![
        Measure::against(&ENGINE, engine.wasm.len()),
        free("engine (wasm), gzip", engine.packed.len()),
        free("second engine (plain script), raw", second.script.len()),
        Measure::against(&SECOND, second.packed.len()),
        Measure::against(&SINGLE, single.len()),
        free("return.html, gzip", gzip(single.as_bytes())?.len()),
        Measure::against(&HOSTED, packed(Load::First)?),
        Measure::against(&KEYS, keys.wasm.len()),
        Measure::against(&SECOND_KEYS, second_keys.packed.len()),
        free("hosted kept keys when asked for, gzip", packed(Load::Asked)?),
        free("hosted data of all collections, gzip", packed(Load::Later)?),
        Measure::against(&APPROVE, approve.wasm.len()),
        free("engine of the approver (wasm), gzip", approve.packed.len()),
        Measure::against(&SECOND_APPROVE, second_approve.packed.len()),
        Measure::against(&SINGLE_APPROVE, single_approve.len()),
        Measure::against(&HOSTED_APPROVE, sum(&of_approve)?),
        Measure::against(&COLLATE, collate.wasm.len()),
        free("engine of the collator (wasm), gzip", collate.packed.len()),
        free("second engine of the collator, gzip", second_collate.packed.len()),
        Measure::against(&SINGLE_COLLATE, single_collate.len()),
        free("hosted collate, first load, gzip", packed(Load::FirstOfCollate)?),
    ])
}

/// Prints the sizes as a table.
pub(crate) fn print(measures: &[Measure]) {
    println!("{:<38} {:>12} {:>12}", "what ships", "bytes", "limit");
    for measure in measures {
        let limit = measure.limit.map_or_else(|| "-".to_owned(), grouped);
        let verdict = if measure.is_over() { "  OVER ITS LIMIT" } else { "" };
        let bytes = grouped(measure.bytes);
        println!("{:<38} {bytes:>12} {limit:>12}{verdict}", measure.what);
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
        let limit = Limit { what: "it", bytes: 10 };
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
