//! The minutes of a review: what anybody can read later without having been there.

use super::{Agreed, DocLine, DocPart, Document, Item, Part, Review, Schedule, State};

/// The minutes as a document. `items` are the record's, with the titles that are read where they stand; `agreed` is what was agreed so far,
/// until the record has its own.
pub fn minutes(r: &Review, window: &str, items: &[Item], agreed: &[Agreed], schedule: &Schedule) -> Document {
    let note = |key: &str| r.notes.get(key).map(|note| note.text.clone()).unwrap_or_default();
    let part = |part: Part| {
        let own = items.iter().filter(|i| i.part == part);
        let line = |i: &Item| DocLine { title: i.title.clone(), detail: i.detail.clone(), note: note(&i.key) };
        let lines: Vec<DocLine> = match part {
            // Nothing but what was said.
            Part::Else => own.filter(|i| !note(&i.key).is_empty()).map(|i| DocLine { title: String::new(), ..line(i) }).collect(),
            _ => own.map(line).collect(),
        };
        (!lines.is_empty()).then(|| DocPart { heading: part.heading().into(), text: String::new(), lines })
    };
    let mut parts: Vec<DocPart> = Part::ALL.into_iter().filter_map(part).collect();
    let agreed = if r.state == State::Closed { &r.agreed } else { agreed };
    let action = |a: &Agreed| DocLine { title: a.title.clone(), detail: format!("{}, due {}", a.owner, a.due), note: String::new() };
    let none = if agreed.is_empty() { "None." } else { "" };
    parts.push(DocPart { heading: "Agreed actions".into(), text: none.into(), lines: agreed.iter().map(action).collect() });
    if !r.additions.is_empty() {
        let line =
            |a: &super::Addition| DocLine { title: format!("{}, {}", a.by, schedule.words(a.at)), detail: a.text.clone(), note: String::new() };
        parts.push(DocPart { heading: "Added later".into(), text: String::new(), lines: r.additions.iter().map(line).collect() });
    }
    Document { title: format!("Daily review of {}: {window}", r.of.day), intro: intro(r, schedule), parts, link: None }
}

fn intro(r: &Review, schedule: &Schedule) -> Vec<String> {
    let names = |present: bool| r.people.iter().filter(|p| p.present == present).map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let mut said = vec![];
    let chair = r.chair.as_ref().map_or("nobody", |c| c.name.as_str());
    if let Some(at) = r.opened_at {
        said.push(format!("Opened {} ({}), chaired by {chair}.", schedule.words(at), schedule.zone_name));
    }
    let (there, missing) = (names(true), names(false));
    if !there.is_empty() {
        said.push(format!("There: {there}."));
    }
    if !missing.is_empty() {
        said.push(format!("Not there: {missing}."));
    }
    match (r.closed_at, &r.closed_by) {
        (Some(at), Some(by)) => said.push(format!("Closed {} by {by}.", schedule.words(at))),
        _ => said.push("Not closed yet.".into()),
    }
    if let (Some(_), Some(at)) = (r.missed_at, r.of.planned_at) {
        said.push(format!("It was to begin {} and began late.", schedule.words(at)));
    }
    said
}
