//! Whether repeated questions are found in a stream: each message joins the question it repeats, or is a new one.
//!
//! Intents stand for questions. They are broader than “the same question”, so recall is lower here than on rephrasings of
//! one question; what is joined wrongly shows all the same. Thresholds were chosen on the intents of even number; these
//! figures are of the others. The project's own rephrasings share few words on purpose: nothing was chosen on them.

use super::Bench;
use crate::data::{Set, rephrasings};
use crate::scores::mean;
use crate::split::Dice;
use crate::table::Row;
use anyhow::{Result, anyhow};
use hypercare_core::{ContactId, ConversationId, Timestamp};
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use hypercare_language::repeats::{Repeats, Said};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Streams of each set.
const ORDERS: u64 = 4;
/// Messages of an intent: 3 to 14.
const FEWEST: usize = 3;
const MOST: usize = 14;

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |name: &str, found| Row {
        measure: format!("repeats in {name}: precision / recall; new questions wrongly attached"),
        floor: "on StackFAQ .96 / .89; 2.9 %",
        aim: "on rephrasings ≥ .97 / .92; ≤ 2 %",
        found,
    };
    let mut sets: Vec<(&str, Set)> = Vec::new();
    match bench.data.dialogues()? {
        Ok(dialogues) => sets.extend(["insurance (DSTC11)", "banking (DSTC11)", "finance (DSTC11)"].into_iter().zip(dialogues)),
        Err(missing) => return Ok(vec![row("DSTC11", missing)]),
    }
    match bench.data.banking()? {
        Ok(banking) => sets.push(("Banking77", banking)),
        Err(missing) => return Ok(vec![row("Banking77", missing)]),
    }
    match bench.data.clinc()? {
        Ok(clinc) => sets.push(("CLINC150", clinc.train)),
        Err(missing) => return Ok(vec![row("CLINC150", missing)]),
    }
    let own = row("rephrasings in other words (own)", of_set(bench.cached, &rephrasings(), |_| true)?);
    let public = sets.iter().map(|(name, set)| Ok(row(name, of_set(bench.cached, set, |intent| intent % 2 == 1)?)));
    std::iter::once(Ok(own)).chain(public).collect()
}

fn of_set(encoder: Option<&dyn Encoder>, set: &Set, asked: fn(usize) -> bool) -> Result<String> {
    let mut all: Vec<Found> = Vec::new();
    for order in 0..ORDERS {
        let stream = stream(set, asked, order);
        let known = encoder.map(|encoder| Known::of(encoder, &stream)).transpose().map_err(|why| anyhow!("{why}"))?;
        all.push(found(known.map(|known| Arc::new(known) as Arc<dyn Encoder>), &stream)?);
    }
    let of = |pick: fn(&Found) -> f64| mean(&all.iter().map(pick).collect::<Vec<_>>());
    Ok(format!(
        "{:.3} / {:.3}; {:.1} % (B-cubed {:.3} / {:.3}; {:.0} questions for {:.0})",
        of(|f| f.precision),
        of(|f| f.recall),
        100.0 * of(|f| f.wrongly_attached),
        of(|f| f.cubed.0),
        of(|f| f.cubed.1),
        of(|f| f.groups as f64),
        of(|f| f.intents as f64),
    ))
}

/// Messages of the intents that are asked, in an order by chance.
fn stream(set: &Set, asked: fn(usize) -> bool, order: u64) -> Vec<(&str, usize)> {
    let mut dice = Dice(100 + order);
    let mut stream = Vec::new();
    for (intent, mut list) in set.by_intent().into_iter().enumerate().filter(|(intent, _)| asked(*intent)) {
        dice.shuffle(&mut list);
        let mut sizes: Vec<usize> = (FEWEST..=MOST).collect();
        dice.shuffle(&mut sizes);
        stream.extend(list.iter().take(sizes[0]).map(|n| (set.texts[*n].0.as_str(), intent)));
    }
    dice.shuffle(&mut stream);
    stream
}

struct Found {
    /// Share of joins that are right.
    precision: f64,
    /// Share of repeats that joined rightly.
    recall: f64,
    /// Share of first messages of an intent that joined something.
    wrongly_attached: f64,
    /// Precision and recall, the mean over messages (Bagga and Baldwin 1998).
    cubed: (f64, f64),
    groups: usize,
    intents: usize,
}

fn found(encoder: Option<Arc<dyn Encoder>>, stream: &[(&str, usize)]) -> Result<Found> {
    let mut repeats = Repeats::new(encoder);
    let said: Vec<Said<'_>> = stream
        .iter()
        .zip(0..)
        .map(|((text, _), n)| Said { conversation: ConversationId(n), contact: ContactId(n), at: Timestamp(0), text })
        .collect();
    let decisions = repeats.observe_all(&said).map_err(|why| anyhow!("{why}"))?;
    let (mut asked, mut members): (HashSet<usize>, HashMap<u64, HashMap<usize, usize>>) = (HashSet::new(), HashMap::new());
    let (mut joined, mut right, mut repeated, mut first, mut wrong) = (0, 0, 0, 0, 0);
    for ((_, intent), decision) in stream.iter().zip(&decisions) {
        let known = asked.contains(intent);
        let group = members.entry(decision.question().0).or_default();
        if !decision.is_new() {
            joined += 1;
            // What most of the question's messages ask; of equal ones the first intent.
            let mostly = group.iter().max_by_key(|(intent, count)| (**count, usize::MAX - **intent)).map(|(intent, _)| *intent);
            right += usize::from(known && mostly == Some(*intent));
            wrong += usize::from(!known);
        }
        repeated += usize::from(known);
        first += usize::from(!known);
        asked.insert(*intent);
        *group.entry(*intent).or_default() += 1;
    }
    let mut of_intent: HashMap<usize, usize> = HashMap::new();
    stream.iter().for_each(|(_, intent)| *of_intent.entry(*intent).or_default() += 1);
    let (mut precision, mut recall) = (0.0, 0.0);
    for group in members.values() {
        let size: usize = group.values().sum();
        for (intent, count) in group {
            precision += (count * count) as f64 / size as f64;
            recall += (count * count) as f64 / of_intent[intent] as f64;
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    Ok(Found {
        precision: share(right, joined),
        recall: share(right, repeated),
        wrongly_attached: share(wrong, first),
        cubed: (precision / stream.len() as f64, recall / stream.len() as f64),
        groups: members.len(),
        intents: of_intent.len(),
    })
}

/// What an encoder gave for the texts of a stream.
struct Known {
    id: String,
    dimensions: usize,
    vectors: HashMap<String, Vector>,
}

impl Known {
    fn of(encoder: &dyn Encoder, stream: &[(&str, usize)]) -> Result<Self, EncodeError> {
        let texts: Vec<&str> = stream.iter().map(|(text, _)| *text).collect();
        let vectors = texts.iter().map(|text| (*text).to_owned()).zip(encoder.encode(&texts)?).collect();
        Ok(Self { id: encoder.id().to_owned(), dimensions: encoder.dimensions(), vectors })
    }
}

impl Encoder for Known {
    fn id(&self) -> &str {
        &self.id
    }
    fn dimensions(&self) -> usize {
        self.dimensions
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        texts.iter().map(|text| self.vectors.get(*text).map(Arc::clone).ok_or_else(|| EncodeError(format!("not encoded before: {text}")))).collect()
    }
}
