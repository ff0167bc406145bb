//! Messages that ask the same.

use crate::encoder::{EncodeError, Encoder};
use crate::repeats::{QuestionId, Repeats, Said};
use hypercare_core::{ContactId, ConversationId, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// A message that nothing answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Tells messages apart; each counts once.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: &'a str,
}

/// Messages that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// A name: the question that is most typical, shortened.
    pub title: String,
    /// The most typical wordings, at most five, the most typical first.
    pub wordings: Vec<String>,
    /// Places in the list that was given, in ascending order; never empty.
    pub members: Vec<usize>,
}

/// Groups a list that is in the order of time: the same list gives the same groups. The rule is that of [`Repeats`]: what
/// is only perhaps the same stays apart. Messages without a word, and pastes, are in no group.
///
/// # Errors
/// When the encoder fails.
pub fn group(asked: &[Asked<'_>], encoder: Option<&Arc<dyn Encoder>>) -> Result<Vec<Group>, EncodeError> {
    // Room for each to be a question of its own, so that none is forgotten.
    let mut repeats = Repeats::with_limit(encoder.cloned(), asked.len().saturating_add(1));
    let said: Vec<Said<'_>> =
        asked.iter().map(|a| Said { conversation: ConversationId(a.id), contact: ContactId(a.id), at: a.at, text: a.text }).collect();
    let decisions = repeats.observe_all(&said)?;
    let mut places: HashMap<QuestionId, usize> = HashMap::new();
    let mut found: Vec<(QuestionId, Vec<usize>)> = Vec::new();
    for (member, decision) in decisions.iter().enumerate() {
        let question = decision.question();
        let place = *places.entry(question).or_insert_with(|| {
            found.push((question, Vec::new()));
            found.len() - 1
        });
        found[place].1.push(member);
    }
    let with_view = |(question, members): (QuestionId, Vec<usize>)| {
        let view = repeats.view(question)?;
        Some(Group { title: view.title, wordings: view.wordings, members })
    };
    Ok(found.into_iter().filter_map(with_view).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(texts: &[&str]) -> Vec<Vec<usize>> {
        let asked: Vec<Asked<'_>> =
            texts.iter().enumerate().map(|(n, text)| Asked { id: n as i64, at: Timestamp::from_secs(n as i64), text }).collect();
        group(&asked, None).unwrap().into_iter().map(|g| g.members).collect()
    }

    #[test]
    fn the_same_question_is_one_group_and_nonsense_is_none() {
        let texts = [
            "How do I export the hologram portfolio?",
            "Where can I change the colour of my gallery?",
            "export hologram portfolio, how?",
            "!!! 😀",
            "I want to export the hologram portfolio",
        ];
        assert_eq!(grouped(&texts), [vec![0, 2, 4], vec![1]]);
        assert_eq!(grouped(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_name_and_wordings_are_what_was_written() {
        let asked = [Asked { id: 1, at: Timestamp::from_secs(1), text: "Hello. How do I export the hologram portfolio?" }];
        let groups = group(&asked, None).unwrap();
        assert_eq!(groups[0].title, "How do I export the hologram portfolio?");
        assert_eq!(groups[0].wordings, ["Hello. How do I export the hologram portfolio?"]);
    }
}
