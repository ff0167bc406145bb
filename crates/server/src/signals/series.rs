//! What is measured for a window: every signal of the whole desk, and what its objectives ask of a category.

use hypercare_core::plan::Plan;
use hypercare_core::signals::Signal;
use hypercare_core::stages;
use std::collections::HashSet;

/// One row of days: a signal, of the whole desk or of one category.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    /// Which signal.
    pub signal: Signal,
    /// Only conversations of this category.
    pub category: Option<String>,
}

impl Series {
    /// Of the whole desk.
    pub const fn whole(signal: Signal) -> Self {
        Self { signal, category: None }
    }
    /// The word in tables: `repeat_share`, `repeat_share@billing`.
    pub fn key(&self) -> String {
        match &self.category {
            Some(category) => format!("{}@{category}", self.signal.key()),
            None => self.signal.key().to_owned(),
        }
    }
    /// From the word.
    pub fn from_key(key: &str) -> Option<Self> {
        match key.split_once('@') {
            Some((signal, category)) => Some(Self { signal: Signal::from_key(signal)?, category: Some(category.to_owned()) }),
            None => Signal::from_key(key).map(Self::whole),
        }
    }
    /// Whether a conversation or a count of this category belongs to it.
    pub fn takes(&self, category: &str) -> bool {
        self.category.as_deref().is_none_or(|own| own == category)
    }
}

/// Everything that is measured each day: all signals, then what single objectives and the stages' guards need.
pub fn wanted(plan: &Plan) -> Vec<Series> {
    let mut all: Vec<Series> = Signal::ALL.into_iter().map(Series::whole).collect();
    let of_objectives = plan.objectives.iter().filter_map(|o| Some(Series { signal: Signal::from_key(&o.signal)?, category: o.category.clone() }));
    let more: Vec<Series> = of_objectives.chain(guards(plan)).collect();
    let mut known: HashSet<Series> = all.iter().cloned().collect();
    all.extend(more.into_iter().filter(|series| known.insert(series.clone())));
    all
}

/// What the stages' guards watch: each guard of each category, whether it had anything before the change, and whether
/// anything critical of it is open.
fn guards(plan: &Plan) -> impl Iterator<Item = Series> {
    stages::of(plan).into_iter().flat_map(|stage| {
        let signals: Vec<Signal> = stage.guards.iter().copied().chain([Signal::Contacts, Signal::CriticalOpen]).collect();
        let of = move |category: String| signals.clone().into_iter().map(move |signal| Series { signal, category: Some(category.clone()) });
        stage.categories.into_iter().flat_map(of)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::plan::{Objective, ObjectiveRule};

    #[test]
    fn keys_come_back() {
        #[track_caller]
        fn check(key: &str, expected: Option<(Signal, Option<&str>)>) {
            let series = Series::from_key(key);
            assert_eq!(series.as_ref().map(|s| (s.signal, s.category.as_deref())), expected);
            assert_eq!(series.map(|s| s.key()), expected.map(|_| key.to_owned()));
        }
        check("backlog", Some((Signal::Backlog, None)));
        check("repeat_share@billing", Some((Signal::RepeatShare, Some("billing"))));
        check("mood", None);
        check("mood@billing", None);
    }

    #[test]
    fn objectives_add_their_category_once() {
        let objective = |category: Option<&str>| Objective {
            key: "o".into(),
            name: "O".into(),
            signal: "repeat_share".into(),
            category: category.map(str::to_owned),
            rule: ObjectiveRule::DropAfter { days: 2 },
        };
        let plan = Plan { objectives: vec![objective(None), objective(Some("billing")), objective(Some("billing"))], ..Plan::default() };
        let all = wanted(&plan);
        assert_eq!(all.len(), Signal::ALL.len() + 1);
        assert_eq!(all[Signal::ALL.len()].key(), "repeat_share@billing");
    }

    #[test]
    fn stages_add_their_guards_once() {
        let scenario =
            |key: &str, category: &str| hypercare_core::plan::Scenario { key: key.into(), category: category.into(), ..Default::default() };
        let plan = Plan { scenarios: vec![scenario("a", "billing"), scenario("b", "billing"), scenario("c", "")], ..Plan::default() };
        let keys: Vec<String> = wanted(&plan)[Signal::ALL.len()..].iter().map(Series::key).collect();
        assert_eq!(keys, ["sla_attainment@billing", "repeat_share@billing", "escalations@billing", "contacts@billing", "critical_open@billing"]);
    }
}
