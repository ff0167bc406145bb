//! How many different people, in bounded memory.

/// Hashes that are kept. Up to so many people the count is exact.
const KEPT: usize = 128;

/// The smallest hashes of all people seen: with fewer than [`KEPT`] they are everybody; else how small they are says how
/// many there must be (k minimum values, Bar-Yossef et al. 2002), right within 9 % two times out of three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct People(Vec<u64>);

impl People {
    pub fn add(&mut self, person: i64) {
        self.add_hash(mixed(person as u64));
    }

    pub fn count(&self) -> u64 {
        match self.0.get(KEPT - 1) {
            Some(greatest) => ((KEPT - 1) as f64 / (*greatest as f64 / u64::MAX as f64)).round() as u64,
            None => self.0.len() as u64,
        }
    }

    pub fn join(&mut self, others: &Self) {
        others.0.iter().for_each(|hash| self.add_hash(*hash));
    }

    fn add_hash(&mut self, hash: u64) {
        if let Err(at) = self.0.binary_search(&hash)
            && at < KEPT
        {
            self.0.insert(at, hash);
            self.0.truncate(KEPT);
        }
    }
}

/// The finaliser of SplitMix64 (Steele et al. 2014): neighbouring numbers become hashes that have nothing in common.
fn mixed(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_counted_and_many_estimated() {
        fn check(people: impl Iterator<Item = i64>, least: u64, most: u64) {
            let mut all = People::default();
            people.for_each(|p| all.add(p));
            assert!((least..=most).contains(&all.count()), "{}", all.count());
            assert!(all.0.len() <= KEPT);
        }
        check(0..0, 0, 0);
        check([7, 7, 7].into_iter(), 1, 1);
        check(0..127, 127, 127);
        check((0..10_000).chain(0..10_000), 7_500, 12_500);
        check(0..1_000_000, 750_000, 1_250_000);
    }

    #[test]
    fn joined_people_are_counted_once() {
        let (mut a, mut b) = (People::default(), People::default());
        (0..10).for_each(|p| a.add(p));
        (5..20).for_each(|p| b.add(p));
        a.join(&b);
        assert_eq!(a.count(), 20);
    }
}
