//! Who is told at the end of a window: whoever sees to an answer, takes something over or gave it, and the leads of a relapse.

use crate::queries::{notices, people};
use crate::{StoreError, Tx};
use hypercare_core::Stamp;
use hypercare_core::answer::{Answer, AnswerEvent};
use hypercare_core::normal::{Checklist, ChecklistEvent};
use hypercare_core::notice::{self, Colleague};
use hypercare_core::role::Permission;
use hypercare_core::window::{Window, WindowEvent};

/// Tells whoever sees to an answer from now on, and on the date for it.
pub(crate) async fn of_answer(tx: &mut Tx, answer: &Answer, events: &[(AnswerEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_answer(event, answer, &stamp.actor) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells who takes something over, and whoever gave it what became of it.
pub(crate) async fn of_handover(tx: &mut Tx, list: &Checklist, events: &[(ChecklistEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_handover(event, list.window, &stamp.actor) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells the leads, and the owners of the change, that a closed window should perhaps be opened again.
pub(crate) async fn of_window(tx: &mut Tx, window: &Window, events: &[(WindowEvent, Stamp)]) -> Result<(), StoreError> {
    if !events.iter().any(|(event, _)| matches!(event, WindowEvent::Watched { .. })) {
        return Ok(());
    }
    let known = people::list(tx).await?.into_iter().filter(|p| !p.disabled);
    let known: Vec<Colleague> =
        known.map(|p| Colleague { id: p.id(), lead: p.role().may(Permission::WindowsWrite), email: p.email.to_lowercase() }).collect();
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_relapse(event, window, &known) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}
