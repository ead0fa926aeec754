//! What is worked out: totals, shares, ratings with their conditions and reasons, indexes.

use super::docs::About;
use super::markdown::{Page, code, plain};
use crate::gather::Gather as _;
use crate::template::source::{Calculated, Grade, How, Index, Scope};

pub(super) fn write(about: &About<'_>, page: &mut Page) {
    let source = about.source();
    if source.calculated.is_empty() {
        return;
    }
    page.heading(2, "What is worked out");
    page.part("Never typed. Ratings are a guide of this tool, not an NHS England scale.");
    for item in &source.calculated {
        page.heading(3, &item.label);
        value(about, item, page);
    }
}

fn value(about: &About<'_>, item: &Calculated, page: &mut Page) {
    let group = about.source().groups.iter().find(|group| Some(&group.id) == item.group.as_ref());
    let table = item.table.as_deref().or(group.map(|group| group.table.as_str()));
    let named = table.map(|table| {
        let label = about.called(table, None).unwrap_or_else(|| table.to_owned());
        format!("“{}”", plain(&label))
    });
    let named = named.unwrap_or_default();
    let of = match (item.scope, group) {
        (Scope::Row, _) => format!("each row of {named}"),
        (Scope::Group, Some(group)) => format!("each “{}” of {named}", plain(&group.label)),
        _ => "the whole return".to_owned(),
    };
    let mut items = vec![format!("Of: {of}"), format!("Known as: {}", code(&item.id))];
    if !item.unit.is_empty() {
        items.push(format!("Unit: {}", plain(&item.unit)));
    }
    match item.decimals {
        0 => {}
        1 => items.push("Shown with one decimal: 591 is 59.1".to_owned()),
        more => items.push(format!("Shown with {more} decimals")),
    }
    match &item.how {
        How::Value { value, unknown } => {
            items.push(format!("Is: {}", about.condition(value, table)));
            if let Some(text) = unknown {
                items.push(format!("How many parts are not known: {}", code(text)));
            }
        }
        How::Grade(_) => items.push("Is: the first of these that holds".to_owned()),
        How::Index(index) => items.extend(self::index(about, index)),
    }
    if matches!(item.how, How::Value { .. }) && !item.bands.is_empty() {
        let words =
            item.bands.iter().map(|band| format!("{} ({})", plain(&band.label), code(&band.id)));
        items.push(format!("Shown as: {}", words.gather().join(", ")));
    }
    page.list(&items);
    page.paragraphs(&item.guidance);
    if let How::Grade(grades) = &item.how {
        let row = |grade: &Grade| {
            let band = item.bands.iter().find(|band| band.id == grade.band);
            let label = band.map_or(grade.band.as_str(), |band| band.label.as_str());
            let when = grade.when.as_ref().map(|text| about.condition(text, table));
            [plain(label), when.unwrap_or_else(|| "otherwise".to_owned()), plain(&grade.because)]
        };
        page.table(["Result", "When", "Reason given"], &grades.iter().map(row).gather());
    }
}

fn index(about: &About<'_>, index: &Index) -> Vec<String> {
    let table = Some(index.table.as_str());
    let label = about.called(&index.table, None).unwrap_or_else(|| index.table.clone());
    let numbers = |all: &[(String, i64)]| {
        all.iter().map(|(name, number)| format!("{} {number}", code(name))).gather().join(", ")
    };
    let mut items = vec![format!(
        "Is: {} × the sum of weight × score over the rows of “{}”, divided by the greatest score × the sum of the \
         weights, rounded half up",
        index.scale,
        plain(&label)
    )];
    if let Some(text) = &index.when {
        items.push(format!("Rows that count: those where {}", about.condition(text, table)));
    }
    let weight = about.condition(&index.weight, table);
    items.push(format!("Weight, by {weight}: {}", numbers(&index.weights)));
    let points = about.condition(&index.points, table);
    items.push(format!("Score, by {points}: {}", numbers(&index.scores)));
    items
}
