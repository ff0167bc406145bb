//! How a conversation is found, and what filters ask for: the same words on both sides.

use hypercare_core::conversation::{Handler, Status};
use hypercare_search::Document;
use hypercare_store::queries::conversations::Filter;
use hypercare_store::queries::search::Findable;

const UNRESOLVED: &str = "unresolved";
const AWAKE: &str = "awake";
const ASLEEP: &str = "asleep";
const PERSON: &str = "person";
const BREACHED: &str = "breached";

/// A conversation in the index.
pub(super) fn document(found: Findable) -> Document {
    let c = &found.conversation;
    let mut facets = vec![
        format!("status:{}", c.status.word()),
        format!("handler:{}", c.handler.word()),
        format!("channel:{}", c.channel.word()),
        format!("severity:{}", c.triage.severity.word()),
        format!("scope:{}", c.triage.scope.word()),
        c.assignee.map_or_else(|| "assignee:none".to_owned(), |user| format!("assignee:{user}")),
        if c.snoozed_until.is_some() { ASLEEP } else { AWAKE }.to_owned(),
    ];
    facets.extend((c.status != Status::Resolved).then(|| UNRESOLVED.to_owned()));
    facets.extend((c.handler != Handler::Assistant).then(|| PERSON.to_owned()));
    facets.extend(c.is_breached().then(|| BREACHED.to_owned()));
    facets.extend(c.window.map(|window| format!("window:{window}")));
    facets.extend(c.issue.map(|issue| format!("issue:{issue}")));
    facets.extend(c.triage.scenario.as_ref().map(|key| format!("scenario:{key}")));
    facets.extend(c.triage.category.as_ref().map(|key| format!("category:{key}")));
    facets.extend(c.tags.iter().map(|tag| format!("tag:{tag}")));
    facets.extend(c.fields.iter().map(|(key, value)| format!("field.{key}:{value}")));
    Document { id: c.id.0, at: c.last_message_at.0, facets, subject: c.subject.clone(), customer: found.customer, text: found.text }
}

/// What the index can say of a filter. The store applies the whole filter again to what was found, so that what is left out here costs
/// looking at more, and no more.
pub fn facets_of(filter: &Filter) -> Vec<String> {
    let me = filter.me.map_or_else(|| "assignee:0".to_owned(), |user| format!("assignee:{user}"));
    let view: Vec<String> = match filter.view.as_deref() {
        Some("mine") => vec![me, UNRESOLVED.into(), AWAKE.into()],
        Some("unassigned") => vec!["assignee:none".into(), PERSON.into(), "status:open".into(), AWAKE.into()],
        Some("needs_person") => vec![PERSON.into(), "status:open".into(), AWAKE.into()],
        Some("assistant") => vec!["handler:assistant".into(), UNRESOLVED.into()],
        Some("waiting") => vec!["status:waiting".into()],
        Some("resolved") => vec!["status:resolved".into()],
        Some("breached") => vec![BREACHED.into(), "status:open".into()],
        Some("critical") => vec!["severity:critical".into(), UNRESOLVED.into()],
        Some("snoozed") => vec![ASLEEP.into(), UNRESOLVED.into()],
        Some("all_open") => vec![UNRESOLVED.into(), AWAKE.into()],
        _ => vec![],
    };
    let mut facets = view;
    facets.extend(filter.window.map(|window| format!("window:{window}")));
    facets.extend(filter.assignee.map(|user| format!("assignee:{user}")));
    facets.extend(filter.channel.as_ref().map(|word| format!("channel:{word}")));
    facets.extend(filter.severity.as_ref().map(|word| format!("severity:{word}")));
    facets.extend(filter.scope.as_ref().map(|word| format!("scope:{word}")));
    facets.extend(filter.issue.map(|issue| format!("issue:{issue}")));
    facets.extend(filter.scenario.as_ref().map(|key| format!("scenario:{key}")));
    if let Some((dimension, value)) = filter.value.as_ref().filter(|(dimension, _)| dimension != "desk") {
        facets.push(format!("{dimension}:{value}"));
    }
    facets
}
