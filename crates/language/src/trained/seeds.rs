//! What the heads know before anybody has corrected anything: messages written for this purpose, of many trades, one a line.

/// What a message wants.
pub(super) const KINDS: [(Kind, &str); 4] = [
    (Kind::Reassurance, include_str!("seeds/reassurance.txt")),
    (Kind::Breakage, include_str!("seeds/breakage.txt")),
    (Kind::HowTo, include_str!("seeds/how-to.txt")),
    (Kind::Wish, include_str!("seeds/wish.txt")),
];
/// How much it hurts, in the order of [`super::SEVERITIES`].
pub(super) const SEVERITIES: [&str; 4] =
    [include_str!("seeds/low.txt"), include_str!("seeds/normal.txt"), include_str!("seeds/high.txt"), include_str!("seeds/critical.txt")];
/// What reaches every desk and is about no change.
pub(super) const OUTSIDE: &str = include_str!("seeds/outside.txt");

/// What a message wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// To hear that something is as it should be.
    Reassurance,
    /// That something works again.
    Breakage,
    /// To know how something is done.
    HowTo,
    /// That something were different.
    Wish,
}

impl Kind {
    /// All, in the order of the head's classes.
    pub const ALL: [Self; 4] = [Self::Reassurance, Self::Breakage, Self::HowTo, Self::Wish];
    /// What a message of this kind is, in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reassurance => "worry",
            Self::Breakage => "fault",
            Self::HowTo => "question how",
            Self::Wish => "wish",
        }
    }
}

/// The messages of a list.
pub(super) fn lines(list: &str) -> impl Iterator<Item = String> + '_ {
    list.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_enough_and_each_counts_once() {
        #[track_caller]
        fn check(list: &str, at_least: usize) {
            let all: Vec<String> = lines(list).map(|line| line.to_lowercase()).collect();
            assert!(all.len() >= at_least, "only {} messages", all.len());
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "one is there twice");
        }
        KINDS.iter().for_each(|(_, list)| check(list, 60));
        SEVERITIES.iter().for_each(|list| check(list, 40));
        check(OUTSIDE, 60);
        assert_eq!(KINDS.map(|(kind, _)| kind), Kind::ALL);
    }
}
