//! Chance by a stated seed: the same on every computer.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng as _;

/// A row of random numbers.
pub(super) struct Chance(Pcg64);

impl Chance {
    /// The row with this number, of the rows of a seed: rows of different numbers have nothing to do with each other.
    pub(super) fn new(seed: u64, row: u64) -> Self {
        Self(Pcg64::new(u128::from(seed), u128::from(row)))
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap_or(0) + 1;
        least + i64::try_from(self.0.next_u64() % span).unwrap_or(0)
    }

    /// True this many times of a hundred.
    pub(super) fn percent(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of these, or nothing where there is none.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(of.len()).unwrap_or(0) - 1;
        if last < 0 { None } else { of.get(usize::try_from(self.between(0, last)).unwrap_or(0)) }
    }

    /// One of these texts.
    pub(super) fn text(&mut self, of: &[&'static str]) -> &'static str {
        self.pick(of).copied().unwrap_or_default()
    }

    /// One of these, by weights.
    pub(super) fn weighed<'a, T>(&mut self, of: &'a [(i64, T)]) -> Option<&'a T> {
        let all: i64 = of.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(1, all.max(1));
        of.iter()
            .find(|(weight, _)| {
                left -= weight;
                left <= 0
            })
            .map(|(_, item)| item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut chance = Chance::new(7, 1);
        let found: Vec<i64> = (0..6).map(|_| chance.between(1, 1000)).collect();
        assert_eq!(found, [499, 233, 575, 110, 465, 5]);
    }
}
