//! How long sentences are.
//!
//! 25 words at most, as the style manuals of the British and the Australian government ask, and 18 on average
//! ([0045](../../../../../../docs/decisions/0045-plain-language.md)).

use super::{Asked, Found, MarkKind, place};

/// The most words of a sentence that is not marked.
const LONGEST: usize = 25;
/// The most words of a sentence on average.
const AVERAGE: f64 = 18.0;
/// Sentences from which on an average means something.
const SENTENCES: usize = 3;

pub(super) fn mark(asked: &Asked<'_>, found: &mut Found<'_>) {
    for sentence in asked.reading.whole() {
        let words = sentence.past - sentence.first;
        if words > LONGEST {
            let joints = asked.reading.of_sentence(sentence).iter().skip(1).filter(|w| w.apart).count();
            let how =
                if joints > 0 { "Make two or more of it: end one where a comma or a dash stands now." } else { "Make two of it, one thought each." };
            found.add(MarkKind::LongSentence, place(sentence), format!("{words} words; beyond {LONGEST} many readers lose the thread."), how);
        }
    }
    let average = asked.counts.sentence_length();
    if asked.counts.sentences >= SENTENCES && average > AVERAGE {
        let longest = asked.reading.whole().max_by_key(|s| (s.past - s.first, std::cmp::Reverse(s.start)));
        if let Some(longest) = longest {
            let why = format!("The sentences have {average:.1} words on average; up to {AVERAGE:.0} they are read easily.");
            found.add(MarkKind::LongAverage, place(longest), why, "Begin with this sentence: it is the longest.");
        }
    }
}
