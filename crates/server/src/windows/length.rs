//! Too short and too long are both warned about; neither ends a window.

use hypercare_core::Timestamp;
use hypercare_core::window::{Phase, Window, readiness};

/// After so many days intensified support hides what normal support lacks.
const LONG_DAYS: u32 = 28;

/// What is unusual about the window's length, in a sentence: how long it has lasted, else how long it is planned.
pub fn warning(w: &Window, now: Timestamp) -> Option<String> {
    let day = w.day(now);
    if w.phase == Phase::Closed {
        return None;
    }
    if day > LONG_DAYS {
        return Some(format!(
            "Day {day}: most windows need one to four weeks. Hand over to normal support what has settled, and look at what keeps the rest."
        ));
    }
    readiness::warnings(&w.plan, None).into_iter().find(|gap| gap.key.starts_with("window.planned")).map(|gap| gap.what)
}
