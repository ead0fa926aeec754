//! Ratings as a grid: organisations down, lines across, so that a region sees at once where the risk is.

use super::names::Names;
use super::risk::counting;
use crate::collate::collation::Collation;
use crate::collate::picture::Grid;
use crate::collate::table::Cell;
use crate::template::source::Calculated;

/// The ratings of many organisations on the lines of one list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Crosstab {
    /// What people call it, with the stage of the return where it has one.
    pub label: String,
    /// The ratings in the order of their template, each with what people read: a cell names one by its number.
    pub ratings: Vec<String>,
    /// The lines in words, in the order of the returns: the columns.
    pub lines: Vec<String>,
    /// One row for each organisation, in the order of what is owed.
    pub rows: Vec<CrosstabRow>,
}

/// The ratings of one organisation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CrosstabRow {
    /// The ODS code.
    pub organisation: String,
    /// The name; empty where it is not listed.
    pub name: String,
    /// For each line, the numbers of its ratings, the gravest first; none where it was not rated, and more than one where
    /// several rows of a return are about one line.
    pub cells: Vec<Vec<usize>>,
}

/// The ratings of one organisation, each with its column and its number.
type Placed = Vec<(usize, usize)>;

/// What a grid is filled from: its columns and its ratings, by id.
#[derive(Default)]
struct Filling<'c> {
    lines: Vec<(&'c str, &'c str)>,
    ratings: Vec<(String, String)>,
    rows: Vec<(&'c str, &'c str, Placed)>,
}

/// One for each list of ratings that at least one organisation gave.
pub(super) fn crosstabs(collation: &Collation, names: Names<'_>) -> Vec<Crosstab> {
    let mut kinds: Vec<(&str, Option<&str>, usize)> = Vec::new();
    for (_, own, facts) in counting(collation) {
        for line in &facts.lines {
            let kind = (own.template.as_str(), own.stage, line.grid);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    kinds.sort_unstable();
    let mut all = Vec::new();
    for kind in kinds {
        let (template, stage, number) = kind;
        let grid = names.picture(template).and_then(|picture| picture.grids.get(number));
        let Some(grid) = grid else { continue };
        let label = match stage {
            None => grid.label.clone(),
            Some(stage) => [&grid.label, ", ", stage].concat(),
        };
        all.push(filled(collation, names, kind, grid).crosstab(label));
    }
    all
}

fn filled<'c>(
    collation: &'c Collation,
    names: Names<'c>,
    kind: (&str, Option<&str>, usize),
    grid: &Grid,
) -> Filling<'c> {
    let mut found = Filling { ratings: ratings(names, kind, grid), ..Filling::default() };
    for (_, own, facts) in counting(collation) {
        if (own.template.as_str(), own.stage) != (kind.0, kind.1) {
            continue;
        }
        for line in facts.lines.iter().filter(|line| line.grid == kind.2) {
            let (code, name) = match line.organisation.as_str() {
                "" => (own.organisation.as_str(), own.name.as_str()),
                about => (about, names.organisation(about)),
            };
            let column = place(&mut found.lines, (&line.line.id, &line.line.words));
            let rating = found.ratings.iter().position(|(id, _)| *id == line.rating.id);
            let rating = rating.unwrap_or_else(|| {
                found.ratings.push((line.rating.id.clone(), line.rating.words.clone()));
                found.ratings.len().saturating_sub(1)
            });
            match found.rows.iter_mut().find(|(own, ..)| *own == code) {
                Some((.., cells)) => cells.push((column, rating)),
                None => found.rows.push((code, name, vec![(column, rating)])),
            }
        }
    }
    found
}

/// The number of a line, which is added where it is new.
fn place<'c>(lines: &mut Vec<(&'c str, &'c str)>, line: (&'c str, &'c str)) -> usize {
    if let Some(known) = lines.iter().position(|own| own.0 == line.0) {
        return known;
    }
    lines.push(line);
    lines.len().saturating_sub(1)
}

/// The ratings that a grid can have, in the order of the template.
fn ratings(
    names: Names<'_>,
    (template, stage, _): (&str, Option<&str>, usize),
    grid: &Grid,
) -> Vec<(String, String)> {
    let Some(form) = names.form(template, stage) else { return Vec::new() };
    let source = form.template.source();
    let is_it = |own: &&Calculated| own.id == grid.rating;
    if let Some(calculated) = source.calculated.iter().find(is_it) {
        let bands = calculated.bands.iter();
        return bands.map(|band| (band.id.clone(), band.label.clone())).collect();
    }
    let (section, field) = grid.table.split_once('.').unwrap_or_default();
    let section = source.sections.iter().find(|own| own.id == section);
    let field = section.and_then(|own| own.fields.iter().find(|own| own.id == field));
    let column = field.and_then(|own| own.columns.iter().find(|own| own.id == grid.rating));
    let options = column.map_or(&[][..], |column| form.options(column)).iter();
    options.map(|option| (option.id.clone(), option.label.clone())).collect()
}

impl Filling<'_> {
    fn crosstab(self, label: String) -> Crosstab {
        let columns = self.lines.len();
        let row = |(code, name, own): (&str, &str, Placed)| {
            let mut cells = vec![Vec::new(); columns];
            for (column, rating) in own {
                if let Some(cell) = cells.get_mut(column) {
                    cell.push(rating);
                }
            }
            for cell in &mut cells {
                cell.sort_unstable();
                cell.dedup();
            }
            CrosstabRow { organisation: shown(code), name: shown(name), cells }
        };
        Crosstab {
            label,
            ratings: self.ratings.into_iter().map(|(_, words)| words).collect(),
            lines: self.lines.into_iter().map(|(_, words)| shown(words)).collect(),
            rows: self.rows.into_iter().map(row).collect(),
        }
    }
}

/// A text as tables have it: what cannot be seen is made visible.
fn shown(text: &str) -> String {
    Cell::text(text).plain(0)
}
