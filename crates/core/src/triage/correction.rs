//! How a person corrects a first look, and what is kept of it: what had been read, by whom it was corrected and when. So a
//! correction can be learned from, and taking it back makes it unlearned.

use super::{Scope, Triage, Urgency};
use crate::{Severity, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// A person's correction: only what is given changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// New scope.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// New scenario key; the empty string clears it.
    #[serde(default)]
    pub scenario: Option<String>,
    /// New severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// New reading of reassurance.
    #[serde(default)]
    pub reassurance: Option<bool>,
    /// New category, where no scenario decides it; the empty string clears it.
    #[serde(default)]
    pub category: Option<String>,
}

/// That a person corrected one reading. What they said is the reading itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark<T> {
    /// What had been read. Correcting back to it takes the correction away.
    pub was: T,
    /// Name of the person who corrected it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A scenario and the category it brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Key of the scenario, if one.
    pub scenario: Option<String>,
    /// The category.
    pub category: Option<String>,
}

/// Which readings of a conversation are a person's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Corrections {
    /// The scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Mark<Scope>>,
    /// The scenario, and the category with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Mark<Topic>>,
    /// The severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Mark<Severity>>,
    /// Whether reassurance is sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reassurance: Option<Mark<bool>>,
    /// The category, where there is no scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Mark<Option<String>>>,
    /// What made it urgent before a person lowered the severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<Urgency>,
    /// The window whose words were corrected: out of scope, the conversation itself has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
}

impl Corrections {
    /// Whether nothing is a person's.
    pub const fn is_empty(&self) -> bool {
        self.scope.is_none() && self.scenario.is_none() && self.severity.is_none() && self.reassurance.is_none() && self.category.is_none()
    }

    /// When anything was corrected last.
    pub fn last(&self) -> Option<Timestamp> {
        let scenario = self.scenario.as_ref().map(|m| m.at);
        let others = [self.scope.as_ref().map(|m| m.at), self.severity.as_ref().map(|m| m.at), self.reassurance.as_ref().map(|m| m.at)];
        others.into_iter().chain([scenario, self.category.as_ref().map(|m| m.at)]).flatten().max()
    }
}

/// Who corrects, and when.
struct Pen<'a> {
    by: &'a str,
    at: Timestamp,
}

impl Pen<'_> {
    /// Marks a reading as corrected, or as the product's own again where it is what had been read.
    fn mark<T: PartialEq>(&self, slot: &mut Option<Mark<T>>, before: T, now: &T) {
        let was = slot.take().map_or(before, |mark| mark.was);
        *slot = (was != *now).then(|| Mark { was, by: self.by.to_owned(), at: self.at });
    }
}

impl Triage {
    /// The triage after a person corrected it; the reasons say what changed. Setting a reading back to what the product had read takes
    /// the correction away.
    #[must_use]
    pub fn corrected(&self, c: &Correction, by: &str, at: Timestamp) -> Self {
        let pen = Pen { by, at };
        let mut next = self.clone();
        let mut said = Vec::new();
        if let Some(scope) = c.scope.filter(|s| *s != self.scope) {
            pen.mark(&mut next.corrections.scope, self.scope, &scope);
            next.scope = scope;
            said.push(format!("scope {} → {}", self.scope.word(), scope.word()));
        }
        if let Some(scenario) = &c.scenario {
            next.set_topic(scenario, self, &pen, &mut said);
        }
        if let Some(category) = c.category.as_ref().map(|key| some(key)).filter(|new| *new != next.category) {
            said.push(format!("category {} → {}", or_none(next.category.as_ref()), or_none(category.as_ref())));
            pen.mark(&mut next.corrections.category, next.category.clone(), &category);
            next.category = category;
        }
        if let Some(severity) = c.severity.filter(|s| *s != self.severity) {
            next.set_severity(severity, self, &pen);
            said.push(format!("severity {} → {}", self.severity.word(), severity.word()));
        }
        if let Some(reassurance) = c.reassurance.filter(|r| *r != self.reassurance) {
            pen.mark(&mut next.corrections.reassurance, self.reassurance, &reassurance);
            next.reassurance = reassurance;
            said.push(format!("reassurance {} → {}", yes(self.reassurance), yes(reassurance)));
        }
        if !said.is_empty() {
            let own_again = next.corrections.is_empty();
            let what = if own_again { "took back" } else { "corrected" };
            next.reasons.push(format!("{by} {what}: {}.", said.join(", ")));
            next.corrected_by = (!own_again).then(|| by.to_owned());
        }
        next
    }

    /// Another scenario takes its category with it; the way back to what had been read brings back that category.
    fn set_topic(&mut self, key: &str, before: &Self, pen: &Pen<'_>, said: &mut Vec<String>) {
        let scenario = some(key);
        if scenario == self.scenario {
            return;
        }
        said.push(format!("scenario {} → {}", or_none(self.scenario.as_ref()), or_none(scenario.as_ref())));
        let category_was = self.corrections.category.take().map_or_else(|| before.category.clone(), |mark| mark.was);
        let was =
            self.corrections.scenario.take().map_or_else(|| Topic { scenario: before.scenario.clone(), category: category_was }, |mark| mark.was);
        if was.scenario == scenario {
            self.category.clone_from(&was.category);
        } else {
            self.category = None;
            self.corrections.scenario = Some(Mark { was, by: pen.by.to_owned(), at: pen.at });
        }
        self.scenario = scenario;
    }

    /// Who says that it hurts less has read it: it need not go before all others any more. Who takes that back makes it urgent again.
    fn set_severity(&mut self, severity: Severity, before: &Self, pen: &Pen<'_>) {
        pen.mark(&mut self.corrections.severity, before.severity, &severity);
        self.severity = severity;
        let known = before.urgent.or(before.corrections.urgent);
        self.urgent = known.filter(|urgency| severity >= urgency.severity());
        self.corrections.urgent = known.filter(|_| self.urgent.is_none());
    }
}

fn some(key: &str) -> Option<String> {
    (!key.is_empty()).then(|| key.to_owned())
}

fn or_none(key: Option<&String>) -> &str {
    key.map_or("none", String::as_str)
}

fn yes(b: bool) -> &'static str {
    if b { "yes" } else { "no" }
}

#[cfg(test)]
mod tests;
