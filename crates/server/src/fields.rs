//! Which fields hold at the desk: those of the windows that go on, and of the one that was closed last.

use hypercare_core::fields;
use hypercare_core::plan::PlannedField;
use hypercare_core::window::{Phase, Window};

/// The fields that hold, of all windows with the newest first. Where two plans name one key, a window whose change is live defines it
/// before one in preparation, and that before the one that was closed last. The last one's stay between two windows, so that
/// warnings go on.
pub fn of_desk(windows: &[Window]) -> Vec<PlannedField> {
    let live = windows.iter().filter(|w| w.phase.is_open());
    let to_come = windows.iter().filter(|w| !w.phase.is_open() && w.phase != Phase::Closed);
    let last = windows.iter().find(|w| w.phase == Phase::Closed);
    fields::known(live.chain(to_come).chain(last).map(|w| &w.plan))
}
