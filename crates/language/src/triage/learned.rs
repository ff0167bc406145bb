//! What the heads add to a first look. They speak where they are sure; what a plan's rules say stands above them.

use super::PlanIndex;
use super::severity::{Verdict, capital};
use crate::heads::phrase::Said as Words;
use crate::heads::reassurance;
use crate::text::excerpt;
use crate::trained::{Heads, Kind, Look, Said};
use hypercare_core::Severity;
use hypercare_core::triage::{Scope, Triage};

// Chosen on the held-out messages of `cargo xtask eval heads` and on those of the demonstration, so that nine of ten are right
// there; decision 0028 has the figures.

/// From this chance on a message reads as worry without a word that says so.
const WORRY: f64 = 0.65;
/// From this chance on something blocks the customer, where the plan says nothing of it.
const BLOCKED: f64 = 0.60;
/// The same against the severity of a scenario of the plan, and for what is everyday business.
const BLOCKED_AFTER_ALL: f64 = 0.80;
/// From this chance on money or an important task is affected, where the plan says nothing of it.
const AFFECTED: f64 = 0.75;
/// From this chance on it is cosmetic, which is answered last, where the plan says nothing of it.
const COSMETIC: f64 = 0.80;
/// From this chance on it is a wish, which is as much.
const WISH: f64 = 0.85;
/// Below this chance to be about the change, what no rule and no scenario place is out of scope.
const OUTSIDE: f64 = 0.15;
/// From this chance on a category is known without a scenario.
const CATEGORY: f64 = 0.60;

impl PlanIndex {
    /// A message like one whose scope or scenario a person corrected. True where that settles the topic.
    pub(super) fn read_taught_topic(&self, look: Option<&Look<'_>>, t: &mut Triage) -> bool {
        let Some((inside, said)) = self.heads_of(look).and_then(|(heads, look)| heads.in_scope(look)) else { return false };
        let Some(taught) = said.taught else { return false };
        let because = like(&said);
        if !inside {
            t.scope = Scope::Out;
            t.reasons.push(format!("Out of scope: {because}."));
            return true;
        }
        t.scope = Scope::In;
        let number = match &taught.scenario {
            Some(Some(key)) => self.scenarios.iter().position(|s| s.key == *key),
            Some(None) => None,
            // Only the scope was corrected: the scenario is read as ever.
            None => return false,
        };
        match number {
            Some(number) => {
                self.set_scenario(number, t);
                t.reasons.push(format!("In scope: scenario “{}”, {because}.", self.scenarios[number].name));
            }
            None => t.reasons.push(format!("In scope, of no scenario: {because}.")),
        }
        true
    }

    /// What no rule and no scenario place, and reads like what is outside.
    pub(super) fn read_scope(&self, look: Option<&Look<'_>>, t: &mut Triage) -> bool {
        let Some((_, said)) = self.heads_of(look).and_then(|(heads, look)| heads.in_scope(look)) else { return false };
        let inside = said.chances.first().copied().unwrap_or(1.0);
        if t.scope == Scope::In {
            // A person corrected the scope of a message like it.
            t.reasons.push(format!("In scope: {}.", like(&said)));
            return true;
        }
        if inside > OUTSIDE {
            return false;
        }
        t.scope = Scope::Out;
        t.reasons.push(format!("Out of scope: reads like “{}”, which is not about the change ({:.2}).", excerpt(said.nearest, 80), 1.0 - inside));
        true
    }

    /// The category of what is about the change and fits no scenario.
    pub(super) fn read_category(&self, look: Option<&Look<'_>>, t: &mut Triage) {
        if t.scope != Scope::In || t.scenario.is_some() || t.category.is_some() {
            return;
        }
        let Some((category, said)) = self.heads_of(look).and_then(|(heads, look)| heads.category(look)) else { return };
        if said.chance >= CATEGORY {
            t.category = Some(category.to_owned());
            t.reasons.push(format!("Category “{category}”: {}.", nearest(&said)));
        }
    }

    /// Severity where no rule of the plan applies: as a person corrected it, as the head surely says, as the scenario says.
    pub(super) fn read_severity(&self, look: Option<&Look<'_>>, verdict: Verdict, t: &mut Triage) {
        let doubted = !verdict.reasons.is_empty() || verdict.over;
        t.reasons.extend(verdict.reasons);
        if let Some(severity) = verdict.severity {
            t.severity = severity;
            return;
        }
        let scenario = t.scenario.as_ref().and_then(|key| self.scenarios.iter().find(|s| s.key == *key));
        let of_scenario = scenario.map(|s| s.severity);
        let read = self.heads_of(look).and_then(|(heads, look)| Some((heads.severity(look)?, heads.kind(look))));
        if let Some(((severity, said), kind)) = read {
            let what = kind.as_ref().map(|(kind, _)| *kind);
            if said.taught.is_some() || !doubted && surely(severity, said.chance, what, of_scenario, t.scope) {
                t.severity = severity;
                t.reasons.push(format!("{}: {}.", capital(severity.word()), nearest(&said)));
                return;
            }
            let wish = kind.filter(|(kind, wish)| *kind == Kind::Wish && wish.taught.is_none() && wish.chance >= WISH);
            if let Some((_, wish)) = wish.filter(|_| !doubted && of_scenario.is_none()) {
                t.severity = Severity::Low;
                t.reasons.push(format!("Low: a wish, {}.", nearest(&wish)));
                return;
            }
        }
        if let Some(severity) = of_scenario {
            t.severity = severity;
            t.reasons.push(format!("{}: the scenario's severity.", capital(severity.word())));
        } else {
            t.reasons.push(format!("{}: no rule of the plan applies.", capital(t.severity.word())));
        }
    }

    /// Whether the customer wants to hear that all is well: as a person corrected it, by words, or as the head surely says.
    pub(super) fn read_worry(&self, look: Option<&Look<'_>>, words: &Words, t: &mut Triage) {
        let read = self.heads_of(look).and_then(|(heads, look)| heads.kind(look));
        if let Some((kind, said)) = read.as_ref().filter(|(_, said)| said.taught.is_some()) {
            t.reassurance = *kind == Kind::Reassurance;
            let what = if t.reassurance { "Seeks reassurance" } else { "Seeks no reassurance" };
            t.reasons.push(format!("{what}: {}.", like(said)));
        } else if let Some(found) = reassurance::find(words) {
            t.reassurance = true;
            t.reasons.push(format!("Seeks reassurance: says “{found}”."));
        } else if let Some((_, said)) = read.filter(|(kind, said)| *kind == Kind::Reassurance && said.chance >= WORRY) {
            t.reassurance = true;
            t.reasons.push(format!("Reads as worry, not as a {}: {}.", runner_up(&said).word(), nearest(&said)));
        }
    }

    fn heads_of<'a, 'b>(&'a self, look: Option<&'b Look<'b>>) -> Option<(&'a Heads, &'b Look<'b>)> {
        self.heads.as_deref().zip(look)
    }
}

/// Whether the head's severity stands. It may make a matter worse where something is broken, against a scenario only where the
/// customer is surely blocked, and call one cosmetic where the plan says nothing of it.
fn surely(severity: Severity, chance: f64, kind: Option<Kind>, of_scenario: Option<Severity>, scope: Scope) -> bool {
    let broken = kind.is_none_or(|kind| kind == Kind::Breakage);
    match (severity, of_scenario) {
        (Severity::Critical, None) if scope != Scope::Out => broken && chance >= BLOCKED,
        (Severity::Critical, _) => broken && chance >= BLOCKED_AFTER_ALL,
        (Severity::High, None) => broken && chance >= AFFECTED,
        (Severity::Low, None) => chance >= COSMETIC,
        _ => false,
    }
}

/// What else it might have been.
fn runner_up(said: &Said<'_>) -> Kind {
    let others = Kind::ALL.into_iter().zip(&said.chances).filter(|(kind, _)| *kind as usize != said.class);
    others.max_by(|a, b| a.1.total_cmp(b.1)).map_or(Kind::HowTo, |(kind, _)| kind)
}

fn like(said: &Said<'_>) -> String {
    let text = excerpt(said.nearest, 80);
    said.taught.map_or_else(|| format!("nearest to “{text}”"), |t| format!("like “{text}”, a message that {} corrected on {}", t.by, t.on))
}

fn nearest(said: &Said<'_>) -> String {
    if said.taught.is_some() { like(said) } else { format!("{} ({:.2})", like(said), said.chance) }
}
