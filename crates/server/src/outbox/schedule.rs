//! When to try again.

use hypercare_core::Span;

/// Pauses after the first, second, … failed attempt. Without jitter: the engine's order spreads the load already.
const PAUSES: [Span; 6] = [Span::secs(10), Span::mins(1), Span::mins(5), Span::mins(30), Span::hours(2), Span::hours(6)];

/// The pause after so many failed attempts; none when it is time to give up.
pub fn pause_after(attempts: i64) -> Option<Span> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        #[track_caller]
        fn check(attempts: i64, pause: Option<Span>) {
            assert_eq!(pause_after(attempts), pause, "{attempts}");
        }
        check(1, Some(Span::secs(10)));
        check(2, Some(Span::mins(1)));
        check(6, Some(Span::hours(6)));
        check(7, None);
        check(0, None);
        assert!(PAUSES.is_sorted());
    }
}
