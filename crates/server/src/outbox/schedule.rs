//! When to try again.

use hypercare_core::Span;

/// Pauses after the first, second, … failed attempt. Without jitter: the engine's order spreads the load already.
const PAUSES: [Span; 6] = [Span::secs(10), Span::mins(1), Span::mins(5), Span::mins(30), Span::hours(2), Span::hours(6)];

/// A receiver may ask for a longer pause, but for no longer one than this.
const LONGEST_PAUSE: Span = Span::hours(12);

/// The pause after so many failed attempts, not shorter than what the receiver `asked` for; none when it is time to give up.
pub fn pause_after(attempts: i64, asked: Option<Span>) -> Option<Span> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let pause = *PAUSES.get(index)?;
    Some(asked.map_or(pause, |asked| pause.max(asked.min(LONGEST_PAUSE))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        #[track_caller]
        fn check(attempts: i64, pause: Option<Span>) {
            assert_eq!(pause_after(attempts, None), pause, "{attempts}");
        }
        assert_eq!(pause_after(1, Some(Span::secs(30))), Some(Span::secs(30)));
        assert_eq!(pause_after(1, Some(Span::secs(3))), Some(Span::secs(10)));
        assert_eq!(pause_after(1, Some(Span::days(30))), Some(Span::hours(12)));
        assert_eq!(pause_after(7, Some(Span::secs(3))), None);
        check(1, Some(Span::secs(10)));
        check(2, Some(Span::mins(1)));
        check(6, Some(Span::hours(6)));
        check(7, None);
        check(0, None);
        assert!(PAUSES.is_sorted());
    }
}
