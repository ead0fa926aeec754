//! Collecting into a list, in little code.
//!
//! `Iterator::collect` is made for speed: it asks how many items there will be, unrolls the first, and is a copy of all of
//! that for every kind of iterator: 25 KB of the engine. Pushing item by item is a loop; natively nothing changes.

use std::rc::Rc;

/// Collecting with [`gather`](Gather::gather) and its kin.
pub trait Gather: Iterator + Sized {
    /// Everything that is left, in order.
    fn gather(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        self.gather_into(&mut list);
        list
    }

    /// Everything that is left, in order, after what is in a list.
    #[cfg(not(target_arch = "wasm32"))]
    fn gather_into(self, list: &mut Vec<Self::Item>) {
        list.extend(self);
    }

    /// Everything that is left, in order, after what is in a list.
    #[cfg(target_arch = "wasm32")]
    fn gather_into(self, list: &mut Vec<Self::Item>) {
        self.for_each(|item| list.push(item));
    }

    /// Everything that is left, in order, to be shared.
    #[cfg(not(target_arch = "wasm32"))]
    fn gather_shared(self) -> Rc<[Self::Item]> {
        self.collect()
    }

    /// Everything that is left, in order, to be shared.
    #[cfg(target_arch = "wasm32")]
    fn gather_shared(self) -> Rc<[Self::Item]> {
        self.gather().into()
    }
}

impl<I: Iterator> Gather for I {}

/// Collecting what may fail.
pub trait TryGather<T, E>: Iterator<Item = Result<T, E>> + Sized {
    /// Everything that is left, in order.
    ///
    /// # Errors
    /// The first that there is; what comes after it is not looked at.
    fn try_gather(self) -> Result<Vec<T>, E> {
        let mut list = Vec::new();
        for item in self {
            list.push(item?);
        }
        Ok(list)
    }
}

impl<T, E, I: Iterator<Item = Result<T, E>>> TryGather<T, E> for I {}

#[cfg(test)]
mod tests {
    use super::{Gather as _, TryGather as _};

    #[test]
    fn everything_is_there_in_order() {
        assert_eq!((1..4).filter(|n| n % 2 == 1).gather(), [1, 3]);
        assert_eq!(*(1..3).gather_shared(), [1, 2]);
        assert!(std::iter::empty::<u8>().gather().is_empty());
        let mut list = vec![0];
        (1..3).gather_into(&mut list);
        assert_eq!(list, [0, 1, 2]);
    }

    #[test]
    fn the_first_failure_ends_it() {
        let parse = |text: &str| text.parse::<u8>();
        assert_eq!(["1", "2"].into_iter().map(parse).try_gather(), Ok(vec![1, 2]));
        assert!(["1", "x", "2"].into_iter().map(parse).try_gather().is_err());
    }
}
