//! Collecting into a list, in little code.
//!
//! `Iterator::collect` is made for speed: it asks how many items there will be, unrolls the first, and is a copy of all of
//! that for every kind of iterator: 22 KB of the engine. Pushing item by item is a loop; natively nothing changes.

/// Collecting with [`gather`](Gather::gather).
pub trait Gather: Iterator + Sized {
    /// Everything that is left, in order.
    #[cfg(not(target_arch = "wasm32"))]
    fn gather(self) -> Vec<Self::Item> {
        self.collect()
    }

    /// Everything that is left, in order.
    #[cfg(target_arch = "wasm32")]
    fn gather(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        self.for_each(|item| list.push(item));
        list
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use super::Gather as _;

    #[test]
    fn everything_is_there_in_order() {
        assert_eq!((1..4).filter(|n| n % 2 == 1).gather(), [1, 3]);
        assert!(std::iter::empty::<u8>().gather().is_empty());
    }
}
