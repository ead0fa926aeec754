//! The totals as they could be published: small numbers hidden, others rounded (domain notes 8.5).

use super::suppress::{Figure, Published, Relation, protect};
use crate::collate::table::{Cell, Column, Kind, Table};
use std::collections::BTreeMap;

/// The columns of the totals that are kept; the total follows them. What is of confirmed senders alone, or entered by the
/// region, is left out: the difference of two totals is a figure too.
const KEPT: [&str; 12] = [
    "template",
    "stage",
    "measure",
    "label",
    "unit",
    "headline",
    "by",
    "entry",
    "entry_label",
    "area",
    "area_code",
    "area_name",
];
/// The most figures of which each may be the sum of some others: more than any template has.
const MOST_MEASURES: usize = 14;

/// A preview of what could be published, from the tables `totals` and `returns`, which says in which region an ICB is.
pub fn preview<'t>(totals: &'t Table, returns: &'t Table) -> Table {
    let mut table = Table::new(
        "publication_preview",
        "Publication preview",
        "Counts of staff and of patients, as they could be published. National figures and zeros are as they are. Below national level 1 to 7 are shown as *, other figures are rounded to the nearest 5, and where a figure could be worked out from others, the smallest of these is shown as * too. What was rounded does not add up. Counts of returns are as they are. Parts that are not known are in no figure.",
        &[],
    );
    let places: Vec<usize> = KEPT.iter().filter_map(|id| totals.column(id)).collect();
    table.columns = places.iter().filter_map(|place| totals.columns.get(*place)).cloned().collect();
    table.columns.extend([
        Column { id: "returns", title: "Returns", kind: Kind::Count, decimals: 0 },
        Column { id: "published", title: "As published", kind: Kind::Count, decimals: 0 },
    ]);
    let lines = Lines::of(totals);
    let shown = protect(&lines.figures, &lines.relations(&regions(returns)));
    for (number, row) in totals.rows.iter().enumerate() {
        let mut cells: Vec<Cell> =
            places.iter().filter_map(|place| row.get(*place)).cloned().collect();
        cells.push(totals.cell(number, "returns").cloned().unwrap_or(Cell::Empty));
        let figure = lines.rows.get(number).copied().flatten();
        cells.push(match figure.and_then(|figure| shown.get(figure)) {
            Some(Published::Exact(value) | Published::Rounded(value)) => Cell::Count(*value),
            Some(Published::Hidden) => Cell::Text("*".to_owned()),
            None => totals.cell(number, "total").cloned().unwrap_or(Cell::Empty),
        });
        table.push(cells);
    }
    table
}

/// The region of each ICB.
fn regions(returns: &Table) -> BTreeMap<&str, &str> {
    let mut regions = BTreeMap::new();
    for row in 0..returns.rows.len() {
        let (icb, region) = (text(returns, row, "icb"), text(returns, row, "region"));
        if !icb.is_empty() && !region.is_empty() {
            regions.insert(icb, region);
        }
    }
    regions
}

fn text<'t>(table: &'t Table, row: usize, column: &str) -> &'t str {
    match table.cell(row, column) {
        Some(Cell::Text(text)) => text,
        _ => "",
    }
}

/// What a figure is of: return with stage, figure, what it is divided by, entry, kind of area, area.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Of<'t> {
    template: &'t str,
    stage: &'t str,
    measure: &'t str,
    by: &'t str,
    entry: &'t str,
    area: &'t str,
    code: &'t str,
}

/// The figures of the totals.
struct Lines<'t> {
    figures: Vec<Figure>,
    of: Vec<Of<'t>>,
    /// For each row of the table its figure; none where it has no number.
    rows: Vec<Option<usize>>,
}

impl<'t> Lines<'t> {
    fn of(totals: &'t Table) -> Self {
        let mut lines = Self { figures: Vec::new(), of: Vec::new(), rows: Vec::new() };
        for row in 0..totals.rows.len() {
            let own = |column| text(totals, row, column);
            let Some(Cell::Count(value)) = totals.cell(row, "total") else {
                lines.rows.push(None);
                continue;
            };
            lines.rows.push(Some(lines.figures.len()));
            lines.figures.push(Figure { value: *value, is_national: own("area") == "all" });
            lines.of.push(Of {
                template: own("template"),
                stage: own("stage"),
                measure: own("measure"),
                by: own("by"),
                entry: own("entry"),
                area: own("area"),
                code: own("area_code"),
            });
        }
        lines
    }

    /// Which figures add up to which. What should and does not, because something is not known, helps nobody who reads along.
    fn relations(&self, regions: &BTreeMap<&'t str, &'t str>) -> Vec<Relation> {
        let places: BTreeMap<Of<'t>, usize> =
            self.of.iter().enumerate().map(|(number, of)| (*of, number)).collect();
        let mut parts: BTreeMap<(Of<'t>, &'t str), Vec<usize>> = BTreeMap::new();
        for (number, of) in self.of.iter().enumerate() {
            let mut add = |whole: Of<'t>, way: &'t str| {
                parts.entry((whole, way)).or_default().push(number);
            };
            // The dates of an area, the regions and the ICBs of everywhere, the ICBs of a region.
            if !of.entry.is_empty() {
                add(Of { by: "", entry: "", ..*of }, of.by);
            }
            if of.area != "all" {
                add(Of { area: "all", code: "", ..*of }, of.area);
            }
            if let Some(region) = regions.get(of.code).filter(|_| of.area == "icb") {
                add(Of { area: "region", code: region, ..*of }, of.area);
            }
        }
        let mut relations = Vec::new();
        for ((whole, _), parts) in parts {
            if let Some(whole) = places.get(&whole) {
                relations.push(Relation { whole: *whole, parts });
            }
        }
        relations.extend(self.between_measures());
        relations.retain(|relation| self.holds(relation));
        relations
    }

    fn value(&self, number: usize) -> i64 {
        self.figures.get(number).map_or(0, |figure| figure.value)
    }

    fn holds(&self, Relation { whole, parts }: &Relation) -> bool {
        parts.iter().map(|part| self.value(*part)).sum::<i64>() == self.value(*whole)
    }

    /// Where one figure is the sum of others by what they mean, such as the staff due: absent or at work. It shows in the
    /// figures: nobody has to say so.
    fn between_measures(&self) -> Vec<Relation> {
        let mut kinds: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        // The figures of one line, by measure.
        let mut lines: BTreeMap<Of<'_>, BTreeMap<&str, usize>> = BTreeMap::new();
        for (number, of) in self.of.iter().enumerate() {
            let measures = kinds.entry((of.template, of.stage)).or_default();
            if !measures.contains(&of.measure) {
                measures.push(of.measure);
            }
            lines.entry(Of { measure: "", ..*of }).or_default().insert(of.measure, number);
        }
        let mut relations = Vec::new();
        for ((template, stage), measures) in kinds {
            let own: Vec<&BTreeMap<&str, usize>> = lines
                .iter()
                .filter(|(of, _)| (of.template, of.stage) == (template, stage))
                .map(|(_, line)| line)
                .collect();
            for (whole, parts) in self.sums(&measures, &own) {
                for line in &own {
                    let number = |measure: &&str| line.get(*measure).copied();
                    let parts: Option<Vec<usize>> = parts.iter().map(number).collect();
                    if let (Some(whole), Some(parts)) = (number(&whole), parts) {
                        relations.push(Relation { whole, parts });
                    }
                }
            }
        }
        relations
    }

    /// The measures that are the sum of two or more others on every line that has all of them.
    fn sums<'m>(
        &self,
        measures: &[&'m str],
        lines: &[&BTreeMap<&str, usize>],
    ) -> Vec<(&'m str, Vec<&'m str>)> {
        let some = |measure: &&&str| {
            lines.iter().any(|line| line.get(**measure).is_some_and(|own| self.value(*own) > 0))
        };
        let measures: Vec<&'m str> =
            measures.iter().filter(some).copied().take(MOST_MEASURES).collect();
        // The values of each line, in the order of the measures.
        let values: Vec<Vec<Option<i64>>> = lines
            .iter()
            .map(|line| measures.iter().map(|own| line.get(own).map(|n| self.value(*n))).collect())
            .collect();
        let mut found = Vec::new();
        for choice in 1_u32..1 << measures.len() {
            if choice.count_ones() < 2 {
                continue;
            }
            let is_part = |measure: usize| choice >> measure & 1 == 1;
            let sum = |line: &Vec<Option<i64>>| -> Option<i64> {
                line.iter().enumerate().filter(|(at, _)| is_part(*at)).map(|(_, own)| *own).sum()
            };
            for (at, whole) in measures.iter().enumerate().filter(|(at, _)| !is_part(*at)) {
                let own = |line: &Vec<Option<i64>>| line.get(at).copied().flatten();
                let compared = |line: &&Vec<Option<i64>>| {
                    own(line).is_some_and(|own| own > 0) && sum(line).is_some()
                };
                let fits = |line: &Vec<Option<i64>>| {
                    own(line).zip(sum(line)).is_none_or(|(own, sum)| own == sum)
                };
                if values.iter().all(fits) && values.iter().any(|line| compared(&line)) {
                    let parts = measures.iter().enumerate().filter(|(at, _)| is_part(*at));
                    found.push((*whole, parts.map(|(_, measure)| *measure).collect()));
                }
            }
        }
        found
    }
}
