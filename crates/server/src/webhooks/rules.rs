//! What an answer means, and when to try again. Pure.

use crate::outward::{Answered, Unsent};
use hypercare_core::Span;

/// Pauses after the first, second, … failed attempt: ten attempts over three days and three hours.
const PAUSES: [Span; 9] = [
    Span::secs(5),
    Span::mins(5),
    Span::mins(30),
    Span::hours(2),
    Span::hours(5),
    Span::hours(10),
    Span::hours(14),
    Span::hours(20),
    Span::hours(24),
];
/// A receiver may ask for a longer pause, but for no longer one than this.
const LONGEST_PAUSE: Span = Span::hours(24);
/// An address that has answered nothing well for so long is switched off.
pub(super) const PATIENCE: Span = Span::days(5);

/// What an attempt means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It arrived.
    Delivered,
    /// Try again, not before this pause.
    Later(String, Option<Span>),
    /// It will never arrive.
    Never(String),
    /// The receiver wants nothing any more.
    Gone,
}

/// Judges an attempt: only what may pass by itself is tried again.
pub fn judge(attempt: &Result<Answered, Unsent>) -> Verdict {
    let answered = match attempt {
        Ok(answered) => answered,
        Err(Unsent::Later(why)) => return Verdict::Later(why.clone(), None),
        Err(Unsent::Refused(why)) => return Verdict::Never(why.clone()),
    };
    let code = answered.code;
    match code {
        200..=299 => Verdict::Delivered,
        410 => Verdict::Gone,
        408 | 429 | 500..=599 => Verdict::Later(format!("The receiver answered {code}."), answered.retry_after),
        300..=399 => Verdict::Never(format!("The receiver answered {code}, a redirect; these are not followed. Enter the new address.")),
        _ => Verdict::Never(format!("The receiver refused it with {code}.")),
    }
}

/// The pause after so many failed attempts; none when it is time to give up.
pub(super) fn pause_after(attempts: i64, asked: Option<Span>) -> Option<Span> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let pause = *PAUSES.get(index)?;
    Some(asked.map_or(pause, |asked| pause.max(asked.min(LONGEST_PAUSE))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_tried_again() {
        #[track_caller]
        fn check(code: u16, expected: &str) {
            let found = judge(&Ok(Answered { code, beginning: String::new(), retry_after: Some(Span::secs(7)) }));
            let word = match &found {
                Verdict::Delivered => "delivered",
                Verdict::Later(_, Some(asked)) if *asked == Span::secs(7) => "later",
                Verdict::Later(..) => "later, without what was asked",
                Verdict::Never(_) => "never",
                Verdict::Gone => "gone",
            };
            assert_eq!(word, expected, "{code}: {found:?}");
        }
        for code in [200, 201, 204, 299] {
            check(code, "delivered");
        }
        for code in [408, 429, 500, 502, 503, 599] {
            check(code, "later");
        }
        for code in [301, 302, 307, 308, 400, 401, 403, 404, 422, 600] {
            check(code, "never");
        }
        check(410, "gone");
        assert!(matches!(judge(&Err(Unsent::Later("x".into()))), Verdict::Later(_, None)));
        assert!(matches!(judge(&Err(Unsent::Refused("x".into()))), Verdict::Never(_)));
    }

    #[test]
    fn pauses_are_the_standards() {
        #[track_caller]
        fn check(attempts: i64, asked: Option<Span>, expected: Option<Span>) {
            assert_eq!(pause_after(attempts, asked), expected, "{attempts} {asked:?}");
        }
        check(0, None, None);
        check(1, None, Some(Span::secs(5)));
        check(2, None, Some(Span::mins(5)));
        check(9, None, Some(Span::hours(24)));
        check(10, None, None);
        check(1, Some(Span::secs(2)), Some(Span::secs(5)));
        check(1, Some(Span::secs(90)), Some(Span::secs(90)));
        check(1, Some(Span::days(30)), Some(Span::hours(24)));
        check(10, Some(Span::secs(90)), None);
        assert!(PAUSES.is_sorted());
    }
}
