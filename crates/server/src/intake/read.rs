//! Which window a message belongs to, and what it says.

use super::Reading;
use crate::knowledge::{Catalogue, Compiled};
use hypercare_core::Channel;
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::Conversation;
use hypercare_core::fields::Given;
use hypercare_core::triage::{Scope, Triage};
use hypercare_language::triage::Context;
use std::borrow::Cow;
use std::sync::Arc;

/// Reads the message against every open window; the one that recognises it best has it.
/// A reply in free words to the assistant's question is read together with what it was asked about.
pub(super) fn read(catalogue: &Catalogue, inbound: &Inbound, before: Option<&Conversation>) -> Reading {
    let previous = before.map(|c| &c.triage);
    let context = Context { subject: inbound.subject.as_deref(), previous };
    let question = before.and_then(|c| c.assistant.question.as_ref());
    let text = question.map_or(Cow::Borrowed(inbound.text.as_str()), |q| Cow::Owned(format!("{}\n{}", q.asked_about, inbound.text)));
    let best = catalogue.open().map(|window| (window.index.triage(&text, &context), window)).max_by(|(a, _), (b, _)| fit(a).total_cmp(&fit(b)));
    let Some((mut triage, window)) = best else {
        return Reading { triage: catalogue.outside(&text, &context), window: None };
    };
    if let Some(previous) = previous {
        keep(previous, &mut triage);
    }
    let window = (triage.scope == Scope::In).then(|| Arc::clone(window));
    Reading { triage, window }
}

/// Reads a text that nobody sent: the triage it would get, and the window it would belong to.
pub fn look(catalogue: &Catalogue, text: &str) -> (Triage, Option<Arc<Compiled>>) {
    let sender = Sender { key: String::new(), email: None, name: None };
    let inbound = Inbound {
        channel: Channel::Form,
        sender,
        external_id: None,
        conversation: None,
        subject: None,
        text: text.to_owned(),
        sent_at: None,
        fields: Given::default(),
    };
    let Reading { triage, window } = read(catalogue, &inbound, None);
    (triage, window)
}

fn fit(triage: &Triage) -> f64 {
    let scope = match triage.scope {
        Scope::In => 2.0,
        Scope::Unsure => 1.0,
        Scope::Out => 0.0,
    };
    scope + triage.suggestions.first().map_or(0.0, |s| s.confidence)
}

/// A conversation about the change stays one, what a person corrected stays corrected, and a matter
/// that was urgent does not become harmless because the customer adds a polite line.
fn keep(previous: &Triage, next: &mut Triage) {
    if previous.corrected_by.is_some() || (previous.scope == Scope::In && next.scope != Scope::In) {
        next.scope = previous.scope;
        next.scenario.clone_from(&previous.scenario);
        next.category.clone_from(&previous.category);
    }
    if previous.corrected_by.is_some() {
        next.severity = previous.severity;
        next.reassurance = previous.reassurance;
        next.corrected_by.clone_from(&previous.corrected_by);
        next.corrections.clone_from(&previous.corrections);
        next.reasons.push("Kept: what a person corrected before.".into());
    } else {
        next.severity = next.severity.max(previous.severity);
    }
    next.issue = next.issue.or(previous.issue);
}
