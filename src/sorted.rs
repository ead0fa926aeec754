//! A map and a set, each as one sorted list.
//!
//! Why not those of the standard library: a `BTreeMap` is 3 KB of the engine for each pair of types, this is a
//! tenth of that. What is inserted between others moves those behind it, so a long list is best
//! filled in order, at the cost of one comparison each.

use std::borrow::Borrow;

/// Values known by their keys, in the order of the keys.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> SortedMap<K, V> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Every key with its value, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.entries.iter()
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Keeps the entries that `keep` is true of.
    pub fn retain(&mut self, keep: &dyn Fn(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Whether there is this key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Gives a key a value, and says whether it had none.
    pub fn insert(&mut self, key: K, value: V) -> bool {
        if self.entries.last().is_none_or(|(last, _)| *last < key) {
            self.entries.push((key, value));
            return true;
        }
        match self.place(&key) {
            Ok(place) => {
                if let Some((_, old)) = self.entries.get_mut(place) {
                    *old = value;
                }
                false
            }
            Err(place) => {
                self.entries.insert(place, (key, value));
                true
            }
        }
    }

    /// The value of a key, which is empty where it had none.
    #[cfg(not(target_arch = "wasm32"))]
    #[allow(clippy::indexing_slicing, reason = "the place was found or made just before")]
    pub fn entry(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place = self.place(&key).unwrap_or_else(|place| {
            self.entries.insert(place, (key, V::default()));
            place
        });
        &mut self.entries[place].1
    }

    /// Takes a key and its value out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of two values of one key, the later is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        entries.into_iter().for_each(|(key, value)| {
            map.insert(key, value);
        });
        map
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'m, K, V> IntoIterator for &'m SortedMap<K, V> {
    type Item = &'m (K, V);
    type IntoIter = std::slice::Iter<'m, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Keys, each once, in order.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SortedSet<K> {
    keys: SortedMap<K, ()>,
}

impl<K> Default for SortedSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> SortedSet<K> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { keys: SortedMap::new() }
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// The keys, in order.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.keys.keys()
    }

    /// Keeps the keys that `keep` is true of.
    pub fn retain(&mut self, keep: &dyn Fn(&K) -> bool) {
        self.keys.retain(&|key, ()| keep(key));
    }
}

impl<K: Ord> SortedSet<K> {
    /// Whether there is this key.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.keys.contains_key(key)
    }

    /// Adds a key, and says whether it is new.
    pub fn insert(&mut self, key: K) -> bool {
        self.keys.insert(key, ())
    }

    /// Takes a key out, and says whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.keys.remove(key).is_some()
    }
}

impl<K: Ord> FromIterator<K> for SortedSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self { keys: keys.into_iter().map(|key| (key, ())).collect() }
    }
}

impl<K: Ord> Extend<K> for SortedSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_order_whatever_the_order_of_insertion() {
        let mut map = SortedMap::new();
        for key in ["b", "c", "a"] {
            assert!(map.insert(key.to_owned(), key.len()));
        }
        assert!(!map.insert("b".to_owned(), 7), "a key has one value");
        assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!((map.get("b"), map.get("d"), map.contains_key("c")), (Some(&7), None, true));
        assert_eq!((map.remove("a"), map.remove("a"), map.len()), (Some(1), None, 2));
    }

    #[test]
    fn what_is_collected_is_sorted_and_the_later_of_two_is_kept() {
        let pairs = [(2, "b"), (1, "a"), (2, "c"), (1, "d"), (0, "e")];
        let map: SortedMap<i32, &str> = pairs.into_iter().collect();
        assert_eq!(map.into_iter().collect::<Vec<_>>(), [(0, "e"), (1, "d"), (2, "c")]);
    }
}
