//! The list of whom to chase in one region, as a text for an e-mail to its chief operating officer.

use super::state::State;
use crate::collate::{Owed, Table};

/// The regions of which returns are outstanding: code and name, in the order of the list.
pub(super) fn regions(table: &Table) -> Vec<(String, String)> {
    let mut regions: Vec<(String, String)> = Vec::new();
    for row in 0..table.rows.len() {
        let text = |id| table.cell(row, id).map(|cell| cell.plain(0)).unwrap_or_default();
        let region = (text("region"), text("region_name"));
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

/// The list of one region; nothing where nothing is outstanding there.
pub(super) fn text(state: &State, region: &str) -> Option<String> {
    let made = state.made.as_ref()?;
    let table = made.table("chase")?;
    let title = state.its_collection().map_or("", |own| own.source().title.as_str());
    let mut lines = vec![
        format!("Returns outstanding, {title}"),
        format!(
            "As at {} {} on {}",
            made.at.clock_words(),
            made.at.zone_words(),
            made.at.date_words()
        ),
        String::new(),
    ];
    let mut is_any = false;
    for row in 0..table.rows.len() {
        let text = |id| table.cell(row, id).map(|cell| cell.plain(0)).unwrap_or_default();
        if text("region") != region {
            continue;
        }
        if !is_any && !text("region_name").is_empty() {
            lines.insert(2, format!("Region: {} ({region})", text("region_name")));
        }
        is_any = true;
        let mut line = format!("{} ({}): {}", text("name"), text("organisation"), text("title"));
        for (before, id) in [
            (", ", "stage"),
            (". ", "status"),
            (". Wanted by ", "wanted_by"),
            (". Ask ", "contact"),
        ] {
            let said = text(id);
            if !said.is_empty() {
                line.push_str(before);
                line.push_str(&said);
            }
        }
        lines.push(line);
    }
    is_any.then(|| lines.join("\r\n"))
}

/// Whether something is expected of anybody.
pub(super) fn is_anything_expected(owed: &[Owed]) -> bool {
    owed.iter().any(|own| own.asked == crate::collate::Asked::Expected)
}
