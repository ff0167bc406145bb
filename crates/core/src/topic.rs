//! What something is about: a scenario or a category of the plan, or an issue. Updates, check-ins and subscribers name topics in the same words.

use crate::plan::Plan;
use crate::{IssueId, Refusal};
use std::fmt;

/// Longest word for one, in characters.
pub const LONGEST: usize = 120;

/// A topic. Its word is a scenario's key as it stands, `category:` and a category's key, or `issue:` and an issue's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// A scenario of the plan, by its key.
    Scenario(String),
    /// All scenarios of a category, by its key.
    Category(String),
    /// An issue.
    Issue(IssueId),
}

impl Topic {
    /// From its word.
    ///
    /// # Errors
    /// A refusal of `topics` that says how a topic is written.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        let wrong = || {
            let how = "write a scenario's key, `category:` and a category, or `issue:` and an issue's id";
            Refusal::field("topics", format!("`{}` is no topic: {how}.", word.chars().take(LONGEST).collect::<String>()))
        };
        if word.is_empty() || word.chars().count() > LONGEST || word.chars().any(char::is_control) {
            return Err(wrong());
        }
        match word.split_once(':') {
            None => Ok(Self::Scenario(word.to_owned())),
            Some(("category", key)) if !key.is_empty() => Ok(Self::Category(key.to_owned())),
            Some(("issue", id)) => id.parse().map(Self::Issue).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }

    /// The dimension of conversations by which it is found: `scenario`, `category` or `issue`.
    pub const fn dimension(&self) -> &'static str {
        match self {
            Self::Scenario(_) => "scenario",
            Self::Category(_) => "category",
            Self::Issue(_) => "issue",
        }
    }

    /// Its value in that dimension.
    pub fn value(&self) -> String {
        match self {
            Self::Scenario(key) | Self::Category(key) => key.clone(),
            Self::Issue(id) => id.to_string(),
        }
    }

    /// The plan's scenarios that it takes in; none for an issue.
    pub fn scenarios<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a crate::plan::Scenario> {
        plan.scenarios.iter().filter(move |s| match self {
            Self::Scenario(key) => s.key == *key,
            Self::Category(key) => s.category == *key,
            Self::Issue(_) => false,
        })
    }

    /// Whether something about `other` concerns whoever chose this one: the same, or a scenario of the category that was chosen.
    pub fn takes(&self, other: &Self, plan: &Plan) -> bool {
        self == other
            || match (self, other) {
                (Self::Category(_), Self::Scenario(key)) => self.scenarios(plan).any(|s| s.key == *key),
                (Self::Scenario(_), Self::Category(_)) => other.scenarios(plan).any(|s| Self::Scenario(s.key.clone()) == *self),
                _ => false,
            }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario(key) => f.write_str(key),
            Self::Category(key) => write!(f, "category:{key}"),
            Self::Issue(id) => write!(f, "issue:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_topics_are_read_and_written() {
        #[track_caller]
        fn check(word: &str, expected: Option<&Topic>) {
            let found = Topic::parse(word).ok();
            assert_eq!(found.as_ref(), expected, "{word}");
            assert!(found.is_none_or(|topic| topic.to_string() == word));
        }
        check("price-higher", Some(&Topic::Scenario("price-higher".into())));
        check("category:billing", Some(&Topic::Category("billing".into())));
        check("issue:42", Some(&Topic::Issue(IssueId(42))));
        for wrong in ["", "issue:", "issue:x", "category:", "person:ana", "a\nb"] {
            check(wrong, None);
        }
    }
}
