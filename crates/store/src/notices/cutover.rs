//! Whom a change of a cutover concerns.

use crate::queries::{notices, people};
use crate::{StoreError, Tx};
use hypercare_core::Stamp;
use hypercare_core::cutover::{Cutover, CutoverEvent};
use hypercare_core::notice::{self, Colleague};
use hypercare_core::role::Permission;
use hypercare_core::window::Window;

/// Tells owners of steps, those who may roll back, and all who had a part. To be called before the events are recorded.
pub(crate) async fn of_cutover(tx: &mut Tx, c: &Cutover, events: &[(CutoverEvent, Stamp)]) -> Result<(), StoreError> {
    let silent = |event: &CutoverEvent| {
        use CutoverEvent as E;
        matches!(event, E::StepStarted { .. } | E::StepFailed { .. } | E::FigureSent { .. } | E::TriggerCrossed { .. } | E::TriggerCalmed { .. })
    };
    if events.iter().all(|(event, _)| silent(event)) {
        return Ok(());
    }
    let Some(window) = crate::load::<Window>(tx, c.window.0).await? else { return Ok(()) };
    let known = people::list(tx).await?.into_iter().filter(|p| !p.disabled);
    let known: Vec<Colleague> =
        known.map(|p| Colleague { id: p.id(), lead: p.role().may(Permission::WindowsWrite), email: p.email.to_lowercase() }).collect();
    let rota = crate::queries::rota::of(tx, &window).await?;
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        let duty = rota.owner_at(stamp.at).map(|owner| owner.person);
        for tell in notice::of_cutover(event, c, &stamp.actor, &known, duty.as_deref()) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}
