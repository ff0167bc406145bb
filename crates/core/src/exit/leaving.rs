//! What is left behind when a window ends: answers that nobody has made permanent, things that nobody has taken over, and what only works
//! for a while. Exit waits for each of them, by name.

use super::Criterion;
use crate::window::readiness::Gap;

/// Gaps that are listed of one kind; the rest is counted.
const LISTED: usize = 20;

/// One thing that is still missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Stable short name.
    pub key: String,
    /// What it is: a title, an item.
    pub what: String,
    /// Who has to see to it; none where nobody is named.
    pub who: Option<String>,
}

/// All that has to be seen to before a window ends, beside its signals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving {
    /// Answers that may be said, and became nothing that outlives the window.
    pub answers: Vec<Left>,
    /// How many became something.
    pub answers_kept: usize,
    /// Items of the plan that the receiver has not accepted.
    pub items: Vec<Left>,
    /// How many are accepted.
    pub items_accepted: usize,
    /// What is allowed for a while and neither ended nor has somebody who has the fix.
    pub temporary: Vec<Left>,
    /// How many have.
    pub temporary_handed: usize,
}

impl Leaving {
    /// What must be so, with the evidence; nothing for what the window does not have.
    pub(super) fn criteria(&self) -> Vec<Criterion> {
        let one = |key: &str, what: &str, missing: &[Left], done: usize| {
            let all = missing.len() + done;
            (all > 0).then(|| Criterion::new(key, what, missing.is_empty(), evidence(missing, done)))
        };
        [
            one("knowledge", "Each answer became an article, a macro or a rule, or is retired", &self.answers, self.answers_kept),
            one("handover", "Each item is accepted by who takes it over", &self.items, self.items_accepted),
            one("temporary", "What is allowed for a while is ended or handed over", &self.temporary, self.temporary_handed),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Each missing thing with the name of who sees to it.
    pub(super) fn gaps(&self) -> Vec<Gap> {
        let answers =
            named("answer", "Answer", &self.answers, "Say what becomes of it, under “Knowledge to keep”. An article counts once it is published.");
        let items = named("item", "To be handed over", &self.items, "Hand it over, and have the receiver accept it.");
        let temporary = named("temporary", "Allowed for a while", &self.temporary, "End it, or say who has the permanent fix.");
        [answers, items, temporary].concat()
    }
}

fn evidence(missing: &[Left], done: usize) -> String {
    let all = missing.len() + done;
    let nobody = missing.iter().filter(|left| left.who.is_none()).count();
    match (missing.len(), nobody) {
        (0, _) => format!("All {all}."),
        (_, 0) => format!("{done} of {all}."),
        (_, nobody) => format!("{done} of {all}; nobody is named for {nobody}."),
    }
}

fn named(kind: &str, word: &str, missing: &[Left], fix: &str) -> Vec<Gap> {
    let gap = |left: &Left| {
        let who = left.who.as_deref().map_or_else(|| "nobody is named yet".to_owned(), |who| format!("with {who}"));
        Gap { key: format!("exit.{kind}.{}", left.key), what: format!("{word}: {}, {who}", left.what), fix: fix.to_owned() }
    };
    let more = missing.len().saturating_sub(LISTED);
    let rest = (more > 0).then(|| Gap { key: format!("exit.{kind}"), what: format!("{word}: {more} more"), fix: fix.to_owned() });
    missing.iter().take(LISTED).map(gap).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(key: &str, who: Option<&str>) -> Left {
        Left { key: key.into(), what: format!("About {key}"), who: who.map(str::to_owned) }
    }

    #[test]
    fn each_thing_is_named_with_who_has_it() {
        let leaving = Leaving { answers: vec![left("price", Some("Olga")), left("login", None)], answers_kept: 3, ..Leaving::default() };
        let criteria = leaving.criteria();
        assert_eq!(
            criteria.iter().map(|c| (c.key.as_str(), c.met, c.evidence.as_str())).collect::<Vec<_>>(),
            [("knowledge", false, "3 of 5; nobody is named for 1.")]
        );
        let gaps = leaving.gaps();
        assert_eq!(
            gaps.iter().map(|g| (g.key.as_str(), g.what.as_str())).collect::<Vec<_>>(),
            [("exit.answer.price", "Answer: About price, with Olga"), ("exit.answer.login", "Answer: About login, nobody is named yet"),]
        );
    }

    #[test]
    fn what_a_window_does_not_have_is_no_criterion_and_many_are_counted() {
        assert_eq!(Leaving::default().criteria(), vec![]);
        let done = Leaving { items_accepted: 2, ..Leaving::default() };
        assert!(done.criteria()[0].met && done.gaps().is_empty());
        let many = Leaving { temporary: (0..25).map(|i| left(&i.to_string(), None)).collect(), ..Leaving::default() };
        assert_eq!((many.gaps().len(), many.gaps()[20].what.as_str()), (21, "Allowed for a while: 5 more"));
    }
}
