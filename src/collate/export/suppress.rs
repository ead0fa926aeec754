//! Which figures may be published: the rule of hospital statistics for England (HES), and what else has to be hidden so that
//! nobody can work out a hidden figure from the others.
//!
//! National figures and zeros are published as they are. Below national level 1 to 7 are hidden, and every other figure is
//! rounded to the nearest 5. Then whoever reads along is played: from what is published and from which figures add up to
//! which, bounds of every figure are worked out. While a figure of 1 to 7 cannot be each of 1 to 7 by these bounds, the
//! smallest figure beside it is hidden too.

use std::collections::BTreeSet;

/// The greatest figure that is hidden.
const MOST_HIDDEN: i64 = 7;
/// What figures are rounded to.
const STEP: i64 = 5;
/// More than any figure.
const ENDLESS: i64 = 1 << 53;

/// A figure that is to be published.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Figure {
    /// What it is; never below 0.
    pub(super) value: i64,
    /// Whether it is of the whole country.
    pub(super) is_national: bool,
}

/// Figures that add up to another, by their numbers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Relation {
    /// What they add up to.
    pub(super) whole: usize,
    /// The parts.
    pub(super) parts: Vec<usize>,
}

/// What is published of a figure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Published {
    /// It, as it is.
    Exact(i64),
    /// Nothing but that it is there.
    Hidden,
    /// It, to the nearest 5.
    Rounded(i64),
}

impl Published {
    /// The least and the greatest that the figure can be.
    fn bounds(self) -> (i64, i64) {
        match self {
            Self::Exact(value) => (value, value),
            // Whether a figure is hidden for itself or for another is not said.
            Self::Hidden => (1, ENDLESS),
            Self::Rounded(value) => ((value - STEP / 2).max(MOST_HIDDEN + 1), value + STEP / 2),
        }
    }
}

/// Says what may be published of each figure.
pub(super) fn protect(figures: &[Figure], relations: &[Relation]) -> Vec<Published> {
    let mut shown: Vec<Published> = figures.iter().map(|figure| alone(*figure)).collect();
    let near = Near::of(figures.len(), relations);
    loop {
        let bounds = bounds(&shown, relations);
        let known = |(figure, (least, most)): (&Figure, &(i64, i64))| {
            is_small(*figure) && (*least > 1 || *most < MOST_HIDDEN)
        };
        let known = figures.iter().zip(&bounds).enumerate().filter(|(_, own)| known(*own));
        // All that can be worked out now, each by what stands beside it: then it is looked at again.
        let mut hide: Vec<usize> = Vec::new();
        for (number, _) in known {
            hide.extend(near.beside(number, figures, relations, &shown));
        }
        if hide.is_empty() {
            return shown;
        }
        for number in hide {
            if let Some(shown) = shown.get_mut(number) {
                *shown = Published::Hidden;
            }
        }
    }
}

/// The relations that each figure is in, by number.
struct Near(Vec<Vec<usize>>);

impl Near {
    fn of(figures: usize, relations: &[Relation]) -> Self {
        let mut near = vec![Vec::new(); figures];
        for (number, Relation { whole, parts }) in relations.iter().enumerate() {
            for figure in parts.iter().chain([whole]) {
                if let Some(own) = near.get_mut(*figure) {
                    own.push(number);
                }
            }
        }
        Self(near)
    }

    /// The smallest figure that is published beside one that can be worked out, or beside a hidden one beside it, and so on;
    /// a national one only where there is no other.
    fn beside(
        &self,
        known: usize,
        figures: &[Figure],
        relations: &[Relation],
        shown: &[Published],
    ) -> Option<usize> {
        let (mut near, mut seen) = (vec![known], BTreeSet::from([known]));
        loop {
            let of = |figure: &usize| self.0.get(*figure).map_or(&[][..], Vec::as_slice);
            let mut reached: Vec<usize> = near
                .iter()
                .flat_map(of)
                .filter_map(|number| relations.get(*number))
                .flat_map(|relation| relation.parts.iter().chain([&relation.whole]))
                .copied()
                .collect();
            reached.sort_unstable();
            reached.dedup();
            let is_published = |number: &&usize| {
                figures.get(**number).is_some_and(|figure| figure.value > 0)
                    && shown.get(**number).is_some_and(|shown| *shown != Published::Hidden)
            };
            let order = |number: &&usize| {
                figures.get(**number).map(|figure| (figure.is_national, figure.value, **number))
            };
            if let Some(found) = reached.iter().filter(is_published).min_by_key(order) {
                return Some(*found);
            }
            let hidden = |number: &usize| shown.get(*number) == Some(&Published::Hidden);
            reached.retain(|number| hidden(number) && seen.insert(*number));
            if reached.is_empty() {
                return None;
            }
            near = reached;
        }
    }
}

/// What is published of a figure without regard to others.
fn alone(figure: Figure) -> Published {
    if figure.is_national || figure.value == 0 {
        Published::Exact(figure.value)
    } else if is_small(figure) {
        Published::Hidden
    } else {
        Published::Rounded((figure.value + STEP / 2) / STEP * STEP)
    }
}

fn is_small(figure: Figure) -> bool {
    !figure.is_national && (1..=MOST_HIDDEN).contains(&figure.value)
}

/// The bounds that follow for each figure.
fn bounds(shown: &[Published], relations: &[Relation]) -> Vec<(i64, i64)> {
    let mut bounds: Vec<(i64, i64)> = shown.iter().map(|shown| shown.bounds()).collect();
    // Every pass can only narrow them; they are at rest after a few.
    for _ in 0..64 {
        let mut moved = false;
        for Relation { whole, parts } in relations {
            let of = |number: &usize, bounds: &[(i64, i64)]| {
                bounds.get(*number).copied().unwrap_or((0, ENDLESS))
            };
            let sum = parts.iter().fold((0_i64, 0_i64), |(least, most), part| {
                let own = of(part, &bounds);
                (least.saturating_add(own.0), most.saturating_add(own.1))
            });
            moved |= narrow(&mut bounds, *whole, sum);
            let all = of(whole, &bounds);
            for part in parts {
                let own = of(part, &bounds);
                let others = (sum.0 - own.0, sum.1.saturating_sub(own.1));
                let most = if all.1 >= ENDLESS { ENDLESS } else { all.1 - others.0 };
                let least = if others.1 >= ENDLESS { 0 } else { all.0 - others.1 };
                moved |= narrow(&mut bounds, *part, (least, most));
            }
        }
        if !moved {
            break;
        }
    }
    bounds
}

fn narrow(bounds: &mut [(i64, i64)], number: usize, to: (i64, i64)) -> bool {
    let Some(own) = bounds.get_mut(number) else { return false };
    let narrower = (own.0.max(to.0), own.1.min(to.1));
    let moved = narrower != *own;
    *own = narrower;
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A grid of areas by dates with its totals; the last row is national.
    fn grid(cells: &[[i64; 2]]) -> (Vec<Figure>, Vec<Relation>) {
        let (mut figures, mut relations) = (Vec::new(), Vec::new());
        let mut add = |value, is_national| {
            figures.push(Figure { value, is_national });
            figures.len() - 1
        };
        let mut columns: [Vec<usize>; 3] = Default::default();
        for [one, two] in cells {
            let own = [add(*one, false), add(*two, false), add(one + two, false)];
            relations.push(Relation { whole: own[2], parts: vec![own[0], own[1]] });
            for (column, number) in columns.iter_mut().zip(own) {
                column.push(number);
            }
        }
        let sum = |column: usize| {
            cells.iter().map(|row| row.get(column).copied().unwrap_or(row[0] + row[1])).sum()
        };
        let own = [add(sum(0), true), add(sum(1), true), add(sum(2), true)];
        relations.push(Relation { whole: own[2], parts: vec![own[0], own[1]] });
        for (column, number) in columns.into_iter().zip(own) {
            relations.push(Relation { whole: number, parts: column });
        }
        (figures, relations)
    }

    #[test]
    fn figures_are_rounded_hidden_or_left_alone() {
        let alone = |value, is_national| super::alone(Figure { value, is_national });
        assert_eq!(alone(0, false), Published::Exact(0));
        for small in 1..=7 {
            assert_eq!(alone(small, false), Published::Hidden);
            assert_eq!(alone(small, true), Published::Exact(small));
        }
        assert_eq!(alone(8, false), Published::Rounded(10));
        assert_eq!(alone(12, false), Published::Rounded(10));
        assert_eq!(alone(13, false), Published::Rounded(15));
        assert_eq!(alone(1012, true), Published::Exact(1012));
    }

    #[test]
    fn a_total_does_not_give_away_the_one_figure_that_is_hidden() {
        // 3 of 103: with one part hidden the total says it to within 2.
        let figures = [(103, true), (3, false), (100, false)];
        let figures = figures.map(|(value, is_national)| Figure { value, is_national });
        let shown = protect(&figures, &[Relation { whole: 0, parts: vec![1, 2] }]);
        assert_eq!(shown, [Published::Exact(103), Published::Hidden, Published::Hidden]);
    }

    #[test]
    fn a_national_figure_is_hidden_only_where_nothing_else_helps() {
        // 1 and 1 make 2.
        let figures = [(2, true), (1, false), (1, false)];
        let figures = figures.map(|(value, is_national)| Figure { value, is_national });
        let shown = protect(&figures, &[Relation { whole: 0, parts: vec![1, 2] }]);
        assert_eq!(shown, [Published::Hidden; 3]);
    }

    #[test]
    fn what_nobody_can_work_out_costs_nothing_more() {
        // 20 parts are rounded: together they hide what one is.
        let mut figures = vec![Figure { value: 4, is_national: false }];
        figures.extend((0..20).map(|n| Figure { value: 20 + n, is_national: false }));
        let whole = figures.len();
        let value = figures.iter().map(|figure| figure.value).sum();
        figures.push(Figure { value, is_national: true });
        let shown = protect(&figures, &[Relation { whole, parts: (0..whole).collect() }]);
        assert_eq!(shown.iter().filter(|shown| **shown == Published::Hidden).count(), 1);
    }

    /// Every grid of two areas and two dates that what is published allows: what a hidden figure can be.
    fn possible(shown: &[Published], cell: usize) -> Vec<i64> {
        let fits = |number: usize, value: i64| {
            let (least, most) = shown[number].bounds();
            value >= least && value <= most
        };
        let range = |number: usize| {
            let (least, most) = shown[number].bounds();
            least..=most.min(24)
        };
        let mut found = Vec::new();
        for a in range(0) {
            for b in range(1).filter(|b| fits(2, a + b)) {
                for c in range(3).filter(|c| fits(6, a + c)) {
                    for d in range(4).filter(|d| fits(5, c + d) && fits(7, b + d)) {
                        if fits(8, a + b + c + d) {
                            found.push([a, b, 0, c, d][cell]);
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// Not by bounds but by trying: nobody is left with one possibility.
        #[test]
        fn no_hidden_figure_can_be_worked_out(
            cells in proptest::collection::vec([0_i64..16, 0_i64..16], 2)
        ) {
            let (figures, relations) = grid(&cells);
            let shown = protect(&figures, &relations);
            for cell in [0, 1, 3, 4] {
                if is_small(figures[cell]) {
                    let found = possible(&shown, cell);
                    prop_assert!(found.len() >= 3, "{cells:?}: {shown:?}: {cell} is in {found:?}");
                }
            }
        }

        #[test]
        fn every_small_figure_is_hidden_and_zeros_are_not(
            cells in proptest::collection::vec([0_i64..40, 0_i64..40], 1..8)
        ) {
            let (figures, relations) = grid(&cells);
            for (figure, shown) in figures.iter().zip(protect(&figures, &relations)) {
                prop_assert!(!is_small(*figure) || shown == Published::Hidden);
                prop_assert!(figure.value != 0 || shown == Published::Exact(0));
            }
        }
    }
}
