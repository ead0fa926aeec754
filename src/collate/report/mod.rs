//! What a collation says, as tables.

mod arrived;
mod asked;
mod compared;
mod crosstab;
mod names;
mod received;
mod risk;
mod totals;

use super::collation::{Collation, Operator};
use super::decisions::Decisions;
use super::table::Table;
use crate::time::Instant;
use names::Names;

pub use crosstab::{Crosstab, CrosstabRow};
pub(in crate::collate) use risk::concerns;

impl Collation {
    /// The returns that are new since a time: received since then or, where that is not known, seen for the first time.
    pub fn news(&self, since: Instant, decisions: &Decisions) -> Table {
        arrived::news(self, since, decisions)
    }

    /// Ratings as grids of organisations and lines: what the table `risk` has one below the other.
    pub fn crosstabs(&self, operator: &Operator<'_>) -> Vec<Crosstab> {
        crosstab::crosstabs(self, Names { operator })
    }

    /// Every table, in the order in which people read them. The figures of single returns are not among them: they are
    /// many, and come one return at a time.
    pub fn tables(&self, operator: &Operator<'_>, decisions: &Decisions) -> Vec<Table> {
        let names = Names { operator };
        let mut tables = vec![
            received::summary(self, names),
            received::returns(self, decisions),
            received::areas(self, names),
            received::chase(self, names),
        ];
        tables.extend([arrived::files(self), arrived::senders(self, names, decisions)]);
        tables.extend(totals::tables(self, names));
        tables.push(compared::table(self, names));
        tables.extend([risk::lines(self, names), risk::ratings(self, names)]);
        tables.extend([risk::tallies(self, names), risk::results(self)]);
        tables.extend([asked::findings(self), asked::differences(self), asked::questions(self)]);
        tables
    }
}
