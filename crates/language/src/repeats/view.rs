//! What is shown of a question.

use super::question::WORDING;
use super::{PEOPLE, QuestionId, Repeats, Trend};
use crate::text::{content_words, excerpt, is_question, sentences};
use hypercare_core::{ConversationId, IssueId, Timestamp};

/// Wordings that are shown.
const WORDINGS: usize = 5;
const TITLE: usize = 80;

/// A question with all that was merged into it.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which.
    pub question: QuestionId,
    /// Its issue.
    pub issue: Option<IssueId>,
    /// A name: the question that is most typical, shortened.
    pub title: String,
    /// Wordings, at most five, the most typical first.
    pub wordings: Vec<String>,
    /// Conversations in which it was asked.
    pub count: u64,
    /// Different people who asked: exact to 127, an estimate from there on.
    pub people: u64,
    /// When it was asked last.
    pub last: Timestamp,
    /// Its newest conversations, oldest first, at most 64 of each question merged.
    pub conversations: Vec<ConversationId>,
}

/// A wording and how near it is to the middle of what it is in.
pub(super) struct Typical<'t> {
    pub text: &'t str,
    pub likeness: f32,
}

/// A name, and at most five different wordings, the most typical first.
pub(super) fn title_and_wordings(mut typical: Vec<Typical<'_>>) -> (String, Vec<String>) {
    typical.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    let title = typical.first().map_or_else(String::new, |one| title_of(one.text));
    let mut wordings: Vec<String> = Vec::new();
    for one in &typical {
        let text = excerpt(one.text, WORDING);
        if wordings.len() < WORDINGS && !wordings.contains(&text) {
            wordings.push(text);
        }
    }
    (title, wordings)
}

impl Repeats {
    /// A question; none when it was forgotten. What was merged away is shown as what it was merged into.
    pub fn view(&self, question: QuestionId) -> Option<View> {
        let root = self.root(question);
        let head = &self.questions[*self.slots.get(&root)?];
        let mut people = head.people.clone();
        let mut view = View {
            question: root,
            issue: head.issue,
            title: String::new(),
            wordings: Vec::new(),
            count: 0,
            people: 0,
            last: head.last,
            conversations: Vec::new(),
        };
        let mut typical = Vec::new();
        for (slot, question) in self.family(root) {
            view.count += question.count;
            view.last = view.last.max(question.last);
            people.join(&question.people);
            view.conversations.extend(&question.conversations);
            let centre = self.index.row(slot);
            // A member of the greater part is the more typical.
            let share = (question.count as f32).sqrt();
            typical.extend(question.members.iter().map(|member| Typical { text: &member.text, likeness: share * member.vector.likeness(centre) }));
        }
        view.people = people.count();
        // Ids are in the order of time.
        view.conversations.sort_unstable();
        view.conversations.dedup();
        (view.title, view.wordings) = title_and_wordings(typical);
        Some(view)
    }

    /// A question that enough different people asked and that has no issue.
    pub fn proposal(&self, question: QuestionId) -> Option<View> {
        let question = &self.questions[*self.slots.get(&question)?];
        if question.issue.is_some() || question.people.count() < PEOPLE { None } else { self.view(question.id) }
    }

    /// All of these, in the order in which they were first asked.
    pub fn proposals(&self) -> Vec<View> {
        let mut all: Vec<QuestionId> = self.questions.iter().map(|question| question.id).collect();
        all.sort_unstable();
        all.into_iter().filter_map(|id| self.proposal(id)).collect()
    }

    /// How often it was asked in the last two days before `now`.
    pub fn trend(&self, question: QuestionId, now: Timestamp) -> Trend {
        let mut all = Trend::default();
        for (_, question) in self.family(self.root(question)) {
            let one = question.hours.trend(now);
            all.last_day += one.last_day;
            all.day_before += one.day_before;
        }
        all
    }

    /// The questions asked most often, at most `limit`; of equal ones the older first.
    pub fn most_asked(&self, limit: usize) -> Vec<View> {
        let mut roots: Vec<(u64, QuestionId)> = self
            .questions
            .iter()
            .filter(|question| question.parent.is_none())
            .map(|question| (self.family_count(question.id), question.id))
            .collect();
        roots.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        roots.into_iter().take(limit).filter_map(|(_, id)| self.view(id)).collect()
    }

    fn family_count(&self, root: QuestionId) -> u64 {
        let own = self.slots.get(&root).map_or(0, |slot| self.questions[*slot].count);
        let merged: u64 = self.questions.iter().filter(|q| q.parent.is_some() && self.root(q.id) == root).map(|q| q.count).sum();
        own + merged
    }
}

/// The first question of a text that is about something, else its first sentence that is, as a name of at most 80
/// characters: “Hello, can you help me?” names nothing.
fn title_of(text: &str) -> String {
    let sentences = sentences(text);
    let telling = |sentence: &&String| content_words(sentence).len() >= 2;
    let question = sentences.iter().find(|s| is_question(s) && telling(s));
    let chosen = question.or_else(|| sentences.iter().find(telling)).or(sentences.first()).map_or(text, String::as_str);
    excerpt(chosen, TITLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_sentence_that_says_something() {
        fn check(text: &str, expected: &str) {
            assert_eq!(title_of(text), expected, "{text}");
        }
        check("Hello, can you help me? I need to reset my online password.", "I need to reset my online password.");
        check("The export stops. Why does the export stop at three percent?", "Why does the export stop at three percent?");
        check("Thanks!", "Thanks!");
        check("password", "password");
    }
}
