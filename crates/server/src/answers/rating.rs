//! How an answer does: what became of it, and in a sentence where there is enough to say one.

use hypercare_core::rating::{Share, Verdict, verdict};
use hypercare_store::queries::answers::{Performance, VersionUse};
use serde::Serialize;
use utoipa::ToSchema;

/// What became of an answer. Each figure opens to its uses: `GET /answers/{id}/uses?only=…`.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct AnswerRating {
    /// Said at least a day ago, so that it is known whether the customer wrote again within it (`only=measured`).
    pub measured: i64,
    /// Of these the customer wrote again within a day, and not only that it helped (`only=again`).
    pub again: i64,
    /// Said by the assistant, and the matter was settled without a person (`only=alone`).
    pub alone: i64,
    /// What can be said of the live version against the window's other answers; none while there is too little.
    pub verdict: Option<Verdict>,
    /// The same in a sentence, with what it rests on; empty without one.
    pub sentence: String,
    /// The version that the verdict is about; its figures open with `version=…`.
    pub version: Option<u32>,
}

/// What is usual in a window: all its answers, all versions.
pub struct Usual {
    again: Share,
    unhelpful: Share,
}

fn again(of: &VersionUse) -> Share {
    Share::of(of.again, of.measured)
}

fn unhelpful(of: &VersionUse) -> Share {
    Share::of(of.not_helpful, of.helpful + of.not_helpful)
}

impl Usual {
    /// Of all answers of a window.
    pub fn of(all: &[Performance]) -> Self {
        let sum = |share: fn(&VersionUse) -> Share| {
            all.iter().map(|p| share(&p.all)).fold(Share::default(), |sum, one| Share { part: sum.part + one.part, whole: sum.whole + one.whole })
        };
        Self { again: sum(again), unhelpful: sum(unhelpful) }
    }
}

impl AnswerRating {
    /// Of one answer whose live version is this.
    pub fn of(used: Option<&Performance>, live: Option<u32>, usual: &Usual) -> Self {
        let Some(used) = used else { return Self::default() };
        let mut rating = Self { measured: used.all.measured, again: used.all.again, alone: used.all.alone, ..Self::default() };
        // What was said of a text that is not said any more is no news of the one that is.
        let now = live.and_then(|live| used.versions.iter().find(|v| v.version == i64::from(live)));
        if let Some(now) = now {
            let others = (usual.again.without(again(&used.all)), usual.unhelpful.without(unhelpful(&used.all)));
            rating.verdict = verdict((again(now), others.0), (unhelpful(now), others.1));
            rating.version = rating.verdict.and(live);
            rating.sentence = rating.verdict.map(|v| sentence(v, now, others)).unwrap_or_default();
        }
        rating
    }
}

fn sentence(verdict: Verdict, now: &VersionUse, (others_again, others_unhelpful): (Share, Share)) -> String {
    let percent = |share: Share| format!("{:.0} %", share.share() * 100.0);
    match verdict {
        Verdict::WroteAgain => format!(
            "{} of {} wrote again within a day; of the other answers it is {}. Read what they asked: something in it may be unclear.",
            now.again,
            now.measured,
            percent(others_again)
        ),
        Verdict::DidNotHelp => format!(
            "{} of {} said that it did not help; of the other answers it is {}. Read what they asked: it may be given to the wrong question.",
            now.not_helpful,
            now.helpful + now.not_helpful,
            percent(others_unhelpful)
        ),
        Verdict::Serves => {
            format!("Only {} of {} wrote again within a day; of the other answers it is {}.", now.again, now.measured, percent(others_again))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(id: i64, versions: &[(i64, i64, i64)]) -> Performance {
        let version = |(version, again, measured): &(i64, i64, i64)| VersionUse {
            answer_id: id,
            version: *version,
            again: *again,
            measured: *measured,
            ..VersionUse::default()
        };
        let versions: Vec<VersionUse> = versions.iter().map(version).collect();
        let all = VersionUse {
            answer_id: id,
            again: versions.iter().map(|v| v.again).sum(),
            measured: versions.iter().map(|v| v.measured).sum(),
            ..VersionUse::default()
        };
        Performance { all, versions }
    }

    #[test]
    fn a_verdict_is_about_the_live_version_against_the_others() {
        let all = [used(1, &[(1, 9, 10), (2, 0, 9)]), used(2, &[(1, 10, 100)])];
        let usual = Usual::of(&all);
        let check = |live: Option<u32>, expected: Option<Verdict>, says: &str| {
            let rating = AnswerRating::of(Some(&all[0]), live, &usual);
            assert_eq!((rating.verdict, rating.again, rating.measured), (expected, 9, 19));
            assert!(rating.sentence.contains(says) && rating.sentence.is_empty() == says.is_empty(), "{}", rating.sentence);
        };
        check(Some(1), Some(Verdict::WroteAgain), "9 of 10 wrote again within a day; of the other answers it is 10 %");
        check(Some(2), None, "");
        check(Some(3), None, "");
        check(None, None, "");
        assert!(AnswerRating::of(None, Some(1), &usual).verdict.is_none());
    }
}
