//! Where the risk is, in words: ratings of organisations line by line, rows counted by what they answer, and the results
//! of whole returns.

use super::names::{self, Names, heading};
use super::received::{area, areas_of};
use super::totals::kinds;
use crate::collate::collation::{Collation, Figures};
use crate::collate::facts::{Facts, Line, Told};
use crate::collate::owed::Owed;
use crate::collate::picture::{Grid, Picture};
use crate::collate::table::{Cell, Kind, Table};
use std::collections::BTreeMap;

/// What this tool works out is no scale of anybody else.
const GUIDE: &str = crate::check::GUIDE;

/// Figures that count, with what is owed and what is looked at.
pub(super) fn counting(collation: &Collation) -> impl Iterator<Item = (&Figures, &Owed, &Facts)> {
    collation.figures.iter().filter(|figures| figures.counts).filter_map(|figures| {
        Some((figures, collation.owed.get(figures.owed)?, collation.facts(figures)?))
    })
}

/// One row for each organisation and line.
pub(super) fn lines(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "risk",
        "Risk, line by line",
        &["One row for each organisation and line that it was rated on. ", GUIDE].concat(),
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("grid", "Ratings, by id", Kind::Code),
            ("grid_label", "Ratings", Kind::Text),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("icb", "ICB code", Kind::Code),
            ("region", "Region code", Kind::Code),
            ("sent_by", "Sent by", Kind::Code),
            ("line", "Line, by id", Kind::Code),
            ("line_label", "Line", Kind::Text),
            ("rating", "Rating, by id", Kind::Code),
            ("rating_label", "Rating", Kind::Text),
            ("facts", "What explains it", Kind::Text),
        ],
    );
    for (_, own, facts) in counting(collation) {
        let Some(picture) = names.picture(&own.template) else { continue };
        for line in &facts.lines {
            let Some(grid) = picture.grids.get(line.grid) else { continue };
            table.push(row(own, line, grid, names));
        }
    }
    table
}

fn row(own: &Owed, line: &Line, grid: &Grid, names: Names<'_>) -> Vec<Cell> {
    let about = if line.organisation.is_empty() { &own.organisation } else { &line.organisation };
    let name = if line.organisation.is_empty() { &own.name } else { names.organisation(about) };
    vec![
        Cell::text(&own.template),
        Cell::text(own.stage.unwrap_or_default()),
        Cell::text(&grid.id),
        Cell::text(&grid.label),
        Cell::text(about),
        Cell::text(name),
        Cell::text(&own.icb),
        Cell::text(&own.region),
        Cell::text(&own.organisation),
        Cell::text(&line.line.id),
        Cell::text(&line.line.words),
        Cell::text(&line.rating.id),
        Cell::text(&line.rating.words),
        Cell::text(facts(own, line, grid, names)),
    ]
}

/// The facts of a line in words: `Confidence: low; Gap in cover: 2`.
fn facts(own: &Owed, line: &Line, grid: &Grid, names: Names<'_>) -> String {
    let form = names.form(&own.template, own.stage);
    let said = grid.facts.iter().zip(&line.facts).filter(|(_, told)| !told.words.is_empty());
    let said = said.map(|(id, told)| {
        let label = form.map_or("", |form| heading(form, &grid.table, id));
        [label, ": ", &told.words].concat()
    });
    said.collect::<Vec<_>>().join("; ")
}

/// By template, stage, grid, line and rating: one of the lines, and how many there are.
type Rated<'c> = BTreeMap<(&'c str, Option<&'c str>, usize, &'c str, &'c str), (&'c Line, usize)>;

/// How many organisations are rated how on each line: what a chart of the grid shows.
pub(super) fn ratings(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "ratings",
        "Risk, counted",
        &["How many organisations have which rating on each line. ", GUIDE].concat(),
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("grid", "Ratings, by id", Kind::Code),
            ("line", "Line, by id", Kind::Code),
            ("line_label", "Line", Kind::Text),
            ("rating", "Rating, by id", Kind::Code),
            ("rating_label", "Rating", Kind::Text),
            ("organisations", "Organisations", Kind::Count),
        ],
    );
    let mut all: Rated<'_> = BTreeMap::new();
    for (_, own, facts) in counting(collation) {
        for line in &facts.lines {
            let key = (
                own.template.as_str(),
                own.stage,
                line.grid,
                line.line.id.as_str(),
                line.rating.id.as_str(),
            );
            all.entry(key).or_insert((line, 0)).1 += 1;
        }
    }
    for ((template, stage, grid, ..), (line, count)) in all {
        let grid = names.picture(template).and_then(|picture| picture.grids.get(grid));
        table.push(vec![
            Cell::text(template),
            Cell::text(stage.unwrap_or_default()),
            Cell::text(grid.map_or("", |grid| &grid.id)),
            Cell::text(&line.line.id),
            Cell::text(&line.line.words),
            Cell::text(&line.rating.id),
            Cell::text(&line.rating.words),
            Cell::count(count),
        ]);
    }
    table
}

/// Rows counted by what they answer: requests by decision and timeliness, items by section and answer.
pub(super) fn tallies(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "tallies",
        "Rows counted by what they answer",
        "How many rows of the returns that count answer the same, for example requests by decision and timeliness. Rows that leave one of the answers out are not counted.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("tally", "What is counted, by id", Kind::Code),
            ("label", "What is counted", Kind::Text),
            ("area", "Kind of area", Kind::Code),
            ("area_code", "Area code", Kind::Code),
            ("area_name", "Area", Kind::Text),
            ("first", "First answer, by id", Kind::Code),
            ("first_label", "First answer", Kind::Text),
            ("second", "Second answer, by id", Kind::Code),
            ("second_label", "Second answer", Kind::Text),
            ("rows", "Rows", Kind::Count),
            ("organisations", "Organisations", Kind::Count),
        ],
    );
    for (template, stage) in kinds(collation) {
        let Some(picture) = names.picture(template) else { continue };
        for (number, tally) in picture.tallies.iter().enumerate() {
            for ((rank, code, _), (keys, rows, organisations)) in
                counted(collation, (template, stage), number)
            {
                let mut row = vec![
                    Cell::text(template),
                    Cell::text(stage.unwrap_or_default()),
                    Cell::text(&tally.id),
                    Cell::text(&tally.label),
                ];
                row.extend(area(rank, code, names));
                for place in 0..2 {
                    let key = keys.get(place).cloned().unwrap_or_default();
                    row.extend([Cell::text(key.id), Cell::text(key.words)]);
                }
                row.extend([Cell::Count(rows), Cell::Count(organisations)]);
                table.push(row);
            }
        }
    }
    table
}

type Tallied<'c> = BTreeMap<(u8, &'c str, Vec<&'c str>), (&'c [Told], i64, i64)>;

fn counted<'c>(collation: &'c Collation, kind: (&str, Option<&str>), tally: usize) -> Tallied<'c> {
    let mut all = Tallied::new();
    for (_, own, facts) in counting(collation) {
        if (own.template.as_str(), own.stage) != kind {
            continue;
        }
        for counted in facts.counted.iter().filter(|counted| counted.tally == tally) {
            let ids: Vec<&str> = counted.keys.iter().map(|key| key.id.as_str()).collect();
            for (rank, code) in areas_of(own) {
                let key = (rank, code, ids.clone());
                let sum = all.entry(key).or_insert((&counted.keys, 0, 0));
                sum.1 += counted.rows;
                sum.2 += 1;
            }
        }
    }
    all
}

/// The results of whole returns.
pub(super) fn results(collation: &Collation) -> Table {
    let mut table = Table::new(
        "results",
        "Results of each return",
        GUIDE,
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("region", "Region code", Kind::Code),
            ("result", "Result, by id", Kind::Code),
            ("label", "Result", Kind::Text),
            ("value", "What it is, as it is stored", Kind::Code),
            ("words", "What it is", Kind::Text),
        ],
    );
    for (_, own, facts) in counting(collation) {
        let told = facts.outcomes.iter().filter(|outcome| !outcome.told.id.is_empty());
        for outcome in told {
            let mut row = names::owed(own);
            row.extend([
                Cell::text(&own.region),
                Cell::text(&outcome.id),
                Cell::text(&outcome.label),
                Cell::text(&outcome.told.id),
                Cell::text(&outcome.told.words),
            ]);
            table.push(row);
        }
    }
    table
}

/// The lines of a picture’s grid that have one of these ratings, in the order of organisations and lines.
pub(in crate::collate) fn concerns<'c>(
    collation: &'c Collation,
    picture: &'c Picture,
    grid: &str,
    ratings: &[String],
) -> Vec<(&'c Owed, &'c Line)> {
    let number = picture.grids.iter().position(|own| own.id == grid);
    let mut found = Vec::new();
    for (_, own, facts) in counting(collation) {
        if own.template != picture.template {
            continue;
        }
        let lines = facts.lines.iter().filter(|line| Some(line.grid) == number);
        let rated = lines.filter(|line| ratings.contains(&line.rating.id));
        found.extend(rated.map(|line| (own, line)));
    }
    found
}
