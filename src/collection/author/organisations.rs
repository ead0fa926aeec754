//! Organisation lists as people write them: one CSV file for each date.

use super::rows::{self, Row};
use crate::collection::{Organisation, Organisations};
use crate::template::author::{AuthorFault, File};

/// The columns that every list has.
pub const COLUMNS: [&str; 6] = ["code", "name", "kind", "services", "icb_code", "region_code"];
/// The columns that a list may have besides.
pub const MORE: [&str; 2] = ["former_names", "former_codes"];
/// The kinds of organisation.
pub(super) const KINDS: [&str; 3] = ["trust", "icb", "region"];
/// The services of a trust.
pub(super) const SERVICES: [&str; 5] =
    ["acute", "ambulance", "community", "mental_health", "specialist"];

/// Reads `code,name,kind,services,icb_code,region_code` and, where they are there, `former_names` (separated by
/// semicolons) and `former_codes`. Services and codes are separated by spaces.
///
/// # Errors
/// Every line with an unknown kind or service, a code or a name that is missing or given twice, or an ICB or region
/// that is not in the list.
pub fn organisations(file: &File) -> Result<Organisations, Vec<AuthorFault>> {
    let rows = rows::named(file, &COLUMNS, &MORE)?;
    let list: Vec<Organisation> = rows.iter().map(organisation).collect();
    let mut faults = Vec::new();
    for (number, (row, own)) in rows.iter().zip(&list).enumerate() {
        let before = list.get(..number).unwrap_or_default();
        words(file, row, own, &mut faults);
        if own.code.is_empty() || before.iter().any(|other| other.code == own.code) {
            let message = format!("the code “{}” is empty or given twice", own.code);
            faults.push(row.fault(file, 0, message, "Give each organisation once."));
        }
        if own.name.is_empty() {
            faults.push(row.fault(file, 1, "there is no name", "Give the name to show."));
        }
        homes(file, row, own, &list, &mut faults);
    }
    if faults.is_empty() {
        Ok(Organisations::new(file.stem().to_owned(), list))
    } else {
        Err(faults)
    }
}

/// A kind of organisation, as people write it.
pub(super) fn kind_word(kind: &str) -> &str {
    if kind == "icb" { "ICB" } else { kind }
}

fn organisation(row: &Row) -> Organisation {
    let text = |column| row.cell(column).to_owned();
    Organisation {
        code: text(0),
        name: text(1),
        kind: text(2),
        services: row.words(3),
        icb_code: text(4),
        region_code: text(5),
        former_names: row.parts(6),
        former_codes: row.words(7),
    }
}

fn words(file: &File, row: &Row, own: &Organisation, faults: &mut Vec<AuthorFault>) {
    if !KINDS.contains(&own.kind.as_str()) {
        let help = format!("Write one of {}.", KINDS.join(", "));
        faults.push(row.fault(file, 2, format!("there is no kind “{}”", own.kind), help));
    }
    for service in own.services.iter().filter(|service| !SERVICES.contains(&service.as_str())) {
        let help = format!("Write any of {}, with a space between.", SERVICES.join(", "));
        faults.push(row.fault(file, 3, format!("there is no service “{service}”"), help));
    }
}

/// An ICB and a region are organisations of the same list, of that kind.
fn homes(
    file: &File,
    row: &Row,
    own: &Organisation,
    list: &[Organisation],
    faults: &mut Vec<AuthorFault>,
) {
    for (column, code, kind) in [(4, &own.icb_code, "icb"), (5, &own.region_code, "region")] {
        let mut known = list.iter().filter(|other| other.kind == kind && other.code == *code);
        if !code.is_empty() && known.next().is_none() {
            let message = format!("“{code}” is no {} of this list", kind_word(kind));
            let help = format!("Give the code of an organisation of kind {kind}, or add it.");
            faults.push(row.fault(file, column, message, help));
        }
    }
}
