//! One message through all readers.

use super::severity::capital;
use super::{Context, PlanIndex};
use crate::heads::phrase::Said;
use crate::heads::{echo, held, language, person, upset, urgent};
use crate::matcher::{Match, Matcher};
use crate::text::{content_words, excerpt, sentences, usable};
use crate::trained::Look;
use hypercare_core::triage::{Scope, Suggestion, Triage};

/// How sure a match has to be.
struct Limits {
    /// A scenario this likely puts a message in scope by itself.
    scenario: f64,
    /// Beside a word of the scope, this is enough for a scenario.
    with_word: f64,
    /// An out-of-scope example this likely takes a message out.
    out: f64,
}

/// Where letters and words are compared.
const BY_WORDS: Limits = Limits { scenario: 0.20, with_word: 0.10, out: 0.45 };
/// Where meaning is compared. Measured with `cargo xtask eval reading`: 0.5 instead of 0.2 takes in 13 to 27 % of what is outside,
/// not 34 to 57 %, and still 93 to 99 % of what is inside; an example of what is outside takes out at 0.2 nothing more that is inside.
const BY_MEANING: Limits = Limits { scenario: 0.50, with_word: 0.30, out: 0.20 };

/// Fewer sure suggestions than this help nobody.
const SUGGESTION_FLOOR: f64 = 0.02;
const SUGGESTIONS: usize = 3;
/// Share of one sentence's confidence beside the whole text's: one sentence of a long story may be the question, or an aside.
const ONE_SENTENCE: f64 = 0.7;
/// A sentence with fewer words that carry a topic is not matched alone: “Tried twice.” is no question about a payment.
const TOPIC_WORDS: usize = 2;
/// Most items compared for each sentence.
const CANDIDATES: usize = 6;

/// What of a message is read.
struct Part {
    /// The text with its subject line.
    all: String,
    /// Without it.
    body: String,
    said: Said,
}

impl Part {
    fn new(text: &str, context: &Context<'_>) -> Self {
        let body = usable(text);
        let all = match context.subject.map(str::trim).filter(|s| !s.is_empty() && !body.contains(s)) {
            Some(subject) => usable(&format!("{subject}\n{body}")),
            None => body.clone(),
        };
        Self { said: Said::new(&all), all, body }
    }
}

impl PlanIndex {
    /// Reads a message. Never fails: what cannot be told is `unsure`, and the reasons say why.
    pub fn triage(&self, text: &str, context: &Context<'_>) -> Triage {
        let part = Part::new(text, context);
        let (all, body, said) = (part.all.as_str(), part.body.as_str(), &part.said);
        let look = self.look(&part);
        let mut t = Triage::default();
        if !all.chars().any(char::is_alphanumeric) {
            t.reasons.push("No words to read: a person looks.".into());
        } else if let Some(tongue) = language::foreign(body) {
            t.reasons.push(format!("Scope unsure: not in English (it looks like {tongue}); the approved wordings are."));
        } else if let Some(words) = echo::find(body) {
            repeat(&words, context.previous, &mut t);
        } else {
            self.read_topic(all, look.as_ref(), said, &mut t);
        }
        self.read_feeling(&part, look.as_ref(), &mut t);
        if t.scope != Scope::Out
            && let Some((one, other)) = self.several_questions(body)
        {
            t.several_questions = true;
            t.reasons.push(format!("Two questions: “{one}” and “{other}”."));
        }
        if let Some(previous) = context.previous {
            carry(previous, &mut t);
        }
        t
    }

    /// Reads a message while no window is open: it is normal support, whatever it is about. How much it hurts, what it wants and its
    /// tone are read all the same, so that the days before a change are measured as those after it.
    pub fn triage_outside(&self, text: &str, context: &Context<'_>) -> Triage {
        let part = Part::new(text, context);
        let mut t = Triage { scope: Scope::Out, reasons: vec!["No hypercare window is open: normal support.".into()], ..Triage::default() };
        self.read_feeling(&part, self.look(&part).as_ref(), &mut t);
        if let Some(previous) = context.previous {
            carry_feeling(previous, &mut t);
        }
        t
    }

    /// The text for the heads, where there is anything for them to read: words, in the language of the examples, that are no mere
    /// “same here”.
    fn look<'a>(&self, part: &'a Part) -> Option<Look<'a>> {
        let says_something =
            part.all.chars().any(char::is_alphanumeric) && language::foreign(&part.body).is_none() && echo::find(&part.body).is_none();
        self.heads.as_ref().filter(|_| says_something).map(|heads| heads.look(&part.all))
    }

    /// How much it hurts, whether it is urgent, whether it seeks reassurance, and its tone.
    fn read_feeling(&self, part: &Part, look: Option<&Look<'_>>, t: &mut Triage) {
        let rules = self.rules.judge(&part.all, &part.said);
        self.read_severity(look, rules, t);
        read_urgency(&part.said, t);
        self.read_worry(look, &part.said, t);
        read_tone(&part.all, &part.body, &part.said, t);
    }

    fn read_topic(&self, text: &str, look: Option<&Look<'_>>, said: &Said, t: &mut Triage) {
        if !self.read_taught_topic(look, t) {
            self.read_scenario(text, look, said, t);
        }
        self.read_category(look, t);
        self.read_issue(text, t);
        self.suggest(text, t);
    }

    fn read_scenario(&self, text: &str, look: Option<&Look<'_>>, said: &Said, t: &mut Triage) {
        let limits = if self.scenario_matcher.by_meaning() { &BY_MEANING } else { &BY_WORDS };
        let near = rank_parts(self.scenario_matcher.as_ref(), text);
        let best = near.iter().find(|m| m.key < self.scenarios.len());
        let out = near.iter().find(|m| m.key >= self.scenarios.len() && m.key < self.scenarios.len() + self.out_examples);
        let word = self.scope_words.iter().find(|w| said.has(w));
        let sure = best.map_or(0.0, |m| m.confidence);
        // A person said of a message like this one that it is about the change: then no example takes it out.
        let out = out.filter(|o| t.scope != Scope::In && o.confidence >= limits.out && o.confidence > sure);
        if let Some(out) = out {
            t.scope = Scope::Out;
            t.reasons.push(format!(
                "Out of scope: near “{}”, an example of what the plan leaves out ({:.2}).",
                excerpt(&out.nearest, 80),
                out.confidence
            ));
        } else if let Some(best) = best.filter(|_| sure >= limits.scenario || word.is_some() && sure >= limits.with_word) {
            self.set_scenario(best.key, t);
            let name = &self.scenarios[best.key].name;
            t.reasons.push(format!("In scope: near “{}” (scenario “{name}”, {:.2}).", excerpt(&best.nearest, 80), best.confidence));
        } else if let Some(word) = word {
            t.scope = Scope::In;
            t.reasons.push(format!("In scope: says “{}”, a word of the change; no scenario is near enough.", word.text));
        } else if !self.read_scope(look, t) {
            t.reasons.push(match best {
                Some(m) => format!(
                    "Scope unsure: the nearest wording is “{}” ({:.2}), and no word of the change is there.",
                    excerpt(&m.nearest, 80),
                    m.confidence
                ),
                None => "Scope unsure: nothing in common with any scenario, and no word of the change is there.".into(),
            });
        }
    }

    pub(super) fn set_scenario(&self, number: usize, t: &mut Triage) {
        let scenario = &self.scenarios[number];
        t.scope = Scope::In;
        t.scenario = Some(scenario.key.clone());
        t.category.clone_from(&scenario.category);
    }

    fn read_issue(&self, text: &str, t: &mut Triage) {
        if t.scope == Scope::Out {
            return;
        }
        let near = rank_parts(self.issue_matcher.as_ref(), text);
        if let Some(m) = near.iter().filter(|m| m.score >= self.issue_matcher.same_from()).max_by(|a, b| a.score.total_cmp(&b.score)) {
            let issue = &self.issues[m.key];
            t.issue = Some(issue.id);
            t.reasons.push(format!("Repeats issue “{}”: near “{}” ({:.2}).", issue.title, excerpt(&m.nearest, 80), m.score));
            if t.scope == Scope::Unsure {
                t.scope = Scope::In;
                if let Some(number) = issue.scenario.as_ref().and_then(|key| self.scenarios.iter().position(|s| s.key == *key)) {
                    self.set_scenario(number, t);
                }
                t.reasons.push("In scope: the issue belongs to this window.".into());
            }
        } else if let Some(issue) = t.scenario.as_ref().and_then(|key| {
            let same = |number: &usize| self.issues[*number].scenario.as_ref() == Some(key);
            near.iter().map(|m| m.key).find(same).or_else(|| (0..self.issues.len()).find(same))
        }) {
            let issue = &self.issues[issue];
            t.issue = Some(issue.id);
            t.reasons.push(format!("Repeats issue “{}”: the same scenario.", issue.title));
        }
    }

    fn suggest(&self, text: &str, t: &mut Triage) {
        if t.scope == Scope::Out {
            return;
        }
        t.suggestions = rank_parts(self.answer_matcher.as_ref(), text)
            .into_iter()
            .filter(|m| m.key < self.answers.len() && m.confidence >= SUGGESTION_FLOOR)
            .take(SUGGESTIONS)
            .map(|m| Suggestion {
                answer: self.answers[m.key].id,
                title: self.answers[m.key].title.clone(),
                confidence: m.confidence,
                nearest: m.nearest,
            })
            .collect();
    }
}

/// What goes before all others holds without any rule of a plan, and a plan cannot make it milder.
fn read_urgency(said: &Said, t: &mut Triage) {
    let Some((urgency, words)) = urgent::find(said) else { return };
    t.urgent = Some(urgency);
    t.severity = t.severity.max(urgency.severity());
    t.reasons.push(format!("Urgent: says “{words}”. {}", urgency.sentence()));
}

fn read_tone(all: &str, body: &str, said: &Said, t: &mut Triage) {
    if let Some(evidence) = upset::find(all, said) {
        t.upset = true;
        t.reasons.push(format!("Upset: {evidence}."));
    }
    if let Some((why, words)) = held::find(all, said) {
        t.held = Some(why.to_owned());
        t.reasons.push(format!("Held: says “{words}”. {why}"));
    }
    if let Some(words) = person::find(body) {
        t.wants_person = true;
        t.reasons.push(format!("Asks for a person: says “{words}”."));
    }
}

/// What the whole text is near to, and what its sentences are near to: a question is often one line of a long story.
pub(crate) fn rank_parts(matcher: &dyn Matcher, text: &str) -> Vec<Match> {
    let whole = matcher.rank(text, CANDIDATES);
    let mut best = whole.clone();
    let parts = sentences(text);
    if parts.len() > 1 {
        for part in parts.iter().filter(|p| content_words(p).len() >= TOPIC_WORDS) {
            for mut found in matcher.rank(part, CANDIDATES) {
                let as_whole = whole.iter().find(|m| m.key == found.key).map_or(0.0, |m| m.confidence);
                found.confidence = ONE_SENTENCE * found.confidence + (1.0 - ONE_SENTENCE) * as_whole;
                match best.iter_mut().find(|m| m.key == found.key) {
                    Some(known) if known.confidence >= found.confidence => {}
                    Some(known) => *known = found,
                    None => best.push(found),
                }
            }
        }
    }
    best.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.key.cmp(&b.key)));
    best
}

/// A reply that only repeats what was said before means what was said before; by itself it means nothing.
fn repeat(words: &str, previous: Option<&Triage>, t: &mut Triage) {
    let Some(previous) = previous else {
        t.reasons.push(format!("Says only “{}”, and nothing was said before: a person asks what it is about.", excerpt(words, 60)));
        return;
    };
    t.scope = previous.scope;
    t.scenario.clone_from(&previous.scenario);
    t.category.clone_from(&previous.category);
    t.issue = previous.issue;
    t.suggestions.clone_from(&previous.suggestions);
    t.reasons.push(format!("Says “{}”: read as the message before it.", excerpt(words, 60)));
}

/// A conversation stays about what it was about, until a message is clearly about something else.
fn carry(previous: &Triage, t: &mut Triage) {
    if previous.scope == Scope::In && (t.scope != Scope::In || t.scenario.is_none()) {
        t.scope = Scope::In;
        t.scenario.clone_from(&previous.scenario);
        t.category.clone_from(&previous.category);
        t.reasons.push("In scope: continues a conversation about the change.".into());
    }
    t.issue = t.issue.or(previous.issue);
    if previous.corrected_by.is_some() {
        t.scope = previous.scope;
        t.scenario.clone_from(&previous.scenario);
        t.category.clone_from(&previous.category);
        t.reassurance |= previous.reassurance;
        t.corrected_by.clone_from(&previous.corrected_by);
        t.corrections.clone_from(&previous.corrections);
        t.reasons.push("A person has corrected this conversation: scope and scenario stay.".into());
    }
    carry_feeling(previous, t);
}

/// What was bad stays bad, until a person says otherwise.
fn carry_feeling(previous: &Triage, t: &mut Triage) {
    if previous.corrected_by.is_none() {
        t.urgent = t.urgent.or(previous.urgent);
    }
    if previous.severity > t.severity {
        t.severity = previous.severity;
        t.reasons.push(format!("{}: as before; a later message does not make it milder by itself.", capital(previous.severity.word())));
    }
}
