//! One head: examples of classes, and which class a text is of.

use super::Taught;
use crate::encoder::{EncodeError, Encoder, Vector, cosine};
use crate::identifiers::Identifiers;
use crate::lexical::LexicalMatcher;
use crate::matcher::{Item, Matcher};
use crate::matching::head::{Head, Lessons, softmax};
use crate::text::usable;
use std::sync::Arc;

/// Weight of the squared coefficients. A tenth to ten times as much differ by less than two points on the seeds.
const RIDGE: f64 = 0.1;
/// A correction counts as much as so many seeds: a person looked at this very message, at this desk.
const CORRECTION: f32 = 6.0;
/// A head with a class of fewer examples says nothing: it would not know what the others are told from.
const FEWEST: usize = 8;
/// From this cosine on, a message is read as one that a person corrected, whatever the seeds say.
const LIKE_A_CORRECTION: f32 = 0.72;

/// A text about to be read by several heads.
pub(crate) struct Look<'a> {
    text: &'a str,
    /// None where there is no encoder, or where it failed.
    vector: Option<Vector>,
    names: Identifiers,
}

impl<'a> Look<'a> {
    /// Encodes the text once for all heads.
    pub fn new(text: &'a str, encoder: Option<&Arc<dyn Encoder>>) -> Self {
        let vector = encoder.and_then(|encoder| encoder.encode(&[text]).ok()?.into_iter().next());
        Self { text, vector, names: Identifiers::of(text) }
    }
}

/// What a head says of a text.
#[derive(Clone, Debug)]
pub(crate) struct Said<'a> {
    /// Its class.
    pub class: usize,
    /// The chance of that class, 0 to 1; 1 where a person corrected a message like it.
    pub chance: f64,
    /// The chances of all classes.
    pub chances: Vec<f64>,
    /// The example of the class that is nearest.
    pub nearest: &'a str,
    /// Who taught it, where the text is like one that was corrected.
    pub taught: Option<&'a Taught>,
}

/// A head without corrections: the same for every window, so it is learned once.
#[derive(Clone)]
pub(crate) struct Seeded {
    classes: usize,
    texts: Vec<String>,
    class_of: Vec<u32>,
    /// Classes of few examples count as much as those of many.
    weight_of: Vec<f32>,
    trained: Option<Trained>,
}

#[derive(Clone)]
struct Trained {
    inputs: usize,
    vectors: Vec<f32>,
    head: Head,
}

impl Seeded {
    /// Learns from the examples of each class. Without an encoder it only keeps them.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn new(examples: &[Vec<String>], encoder: Option<&Arc<dyn Encoder>>) -> Result<Self, EncodeError> {
        let texts: Vec<String> = examples.iter().flatten().cloned().collect();
        let class_of: Vec<u32> = examples.iter().zip(0..).flat_map(|(list, class)| list.iter().map(move |_| class)).collect();
        let share = |list: &Vec<String>| texts.len() as f32 / (examples.len() * list.len().max(1)) as f32;
        let weight_of = examples.iter().flat_map(|list| list.iter().map(move |_| share(list))).collect();
        let mut this = Self { classes: examples.len(), texts: texts.clone(), class_of, weight_of, trained: None };
        let enough = this.classes > 1 && examples.iter().all(|list| list.len() >= FEWEST);
        if let Some(encoder) = encoder.filter(|_| enough) {
            let inputs = encoder.dimensions();
            let vectors = encode(&this.texts, encoder)?;
            let head = Head::fit(&this.lessons(&vectors, inputs));
            this.trained = Some(Trained { inputs, vectors, head });
        }
        Ok(this)
    }

    /// Knows nothing.
    pub const fn none() -> Self {
        Self { classes: 0, texts: vec![], class_of: vec![], weight_of: vec![], trained: None }
    }

    fn lessons<'a>(&'a self, vectors: &'a [f32], inputs: usize) -> Lessons<'a> {
        Lessons { vectors, inputs, class_of: &self.class_of, classes: self.classes, weight_of: Some(&self.weight_of), ridge: RIDGE }
    }

    /// The class whose chance is greatest among those that `allowed` lets through.
    pub fn likeliest(&self, text: &str, encoder: Option<&Arc<dyn Encoder>>, allowed: impl Fn(usize) -> bool) -> Option<usize> {
        let look = Look::new(text, encoder);
        let logits = self.trained.as_ref()?.head.logits(look.vector.as_ref()?);
        (0..self.classes).filter(|class| allowed(*class)).max_by(|a, b| logits[*a].total_cmp(&logits[*b]))
    }
}

fn encode(texts: &[String], encoder: &Arc<dyn Encoder>) -> Result<Vec<f32>, EncodeError> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(encoder.encode(&texts)?.iter().flat_map(|vector| vector.iter().copied()).collect())
}

/// A head with what people taught it.
pub(crate) struct One {
    /// The corrections stand behind the seeds.
    seeded: Seeded,
    seeds: usize,
    taught: Vec<Taught>,
    /// Their vectors, where there is an encoder.
    of_taught: Vec<Vector>,
    names: Vec<Identifiers>,
    /// Where there is no encoder, corrected messages are known again by their words.
    words: Option<LexicalMatcher>,
}

impl One {
    /// Learns the corrections, oldest first, on top of the seeds: of one text the last one counts. Milliseconds.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn new(seeded: &Seeded, corrections: Vec<(u32, Taught)>, encoder: Option<&Arc<dyn Encoder>>) -> Result<Self, EncodeError> {
        let mut seeded = seeded.clone();
        let seeds = seeded.texts.len();
        let mut taught: Vec<Taught> = Vec::new();
        let mut class_of = Vec::new();
        for (class, correction) in corrections {
            let text = usable(&correction.text);
            // Nothing said is like nothing said, and says nothing.
            if !text.chars().any(char::is_alphanumeric) {
                continue;
            }
            if let Some(known) = taught.iter().position(|t| t.text == text) {
                taught.remove(known);
                class_of.remove(known);
            }
            taught.push(Taught { text, ..correction });
            class_of.push(class);
        }
        seeded.class_of.extend(class_of);
        seeded.weight_of.resize(seeded.class_of.len(), CORRECTION);
        seeded.texts.extend(taught.iter().map(|t| t.text.clone()));
        let mut of_taught = vec![];
        if let Some(encoder) = encoder.filter(|_| !taught.is_empty()) {
            of_taught = encoder.encode(&taught.iter().map(|t| t.text.as_str()).collect::<Vec<_>>())?;
            if let Some(mut trained) = seeded.trained.take() {
                trained.vectors.extend(of_taught.iter().flat_map(|vector| vector.iter().copied()));
                trained.head = trained.head.refit(&seeded.lessons(&trained.vectors, trained.inputs));
                seeded.trained = Some(trained);
            }
        }
        let by_words = encoder.is_none() && !taught.is_empty();
        let items = || seeded.texts.iter().rev().map(|text| Item { phrases: vec![text.clone()] }).collect::<Vec<_>>();
        let words = by_words.then(|| LexicalMatcher::new(&items()));
        let names = taught.iter().map(|t| Identifiers::of(&t.text)).collect();
        Ok(Self { seeded, seeds, taught, of_taught, names, words })
    }

    /// Knows nothing.
    pub fn none() -> Self {
        Self { seeded: Seeded::none(), seeds: 0, taught: vec![], of_taught: vec![], names: vec![], words: None }
    }

    /// What the head says of a text; nothing where there is no encoder and nothing like it was corrected.
    pub fn read(&self, look: &Look<'_>) -> Option<Said<'_>> {
        if let Some((number, class)) = self.corrected(look) {
            let taught = &self.taught[number];
            let mut chances = vec![0.0; self.seeded.classes];
            chances[class] = 1.0;
            return Some(Said { class, chance: 1.0, chances, nearest: &taught.text, taught: Some(taught) });
        }
        let (trained, vector) = (self.seeded.trained.as_ref()?, look.vector.as_ref()?);
        let mut chances = trained.head.logits(vector);
        softmax(&mut chances);
        let class = (0..chances.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(b.cmp(a)))?;
        Some(Said {
            class,
            chance: f64::from(chances[class]),
            chances: chances.into_iter().map(f64::from).collect(),
            nearest: self.nearest(vector, class),
            taught: None,
        })
    }

    /// The example of a class that is nearest to a text's vector.
    fn nearest(&self, vector: &[f32], class: usize) -> &str {
        let Some(trained) = &self.seeded.trained else { return "" };
        let rows = trained.vectors.chunks_exact(trained.inputs).zip(&self.seeded.class_of).zip(&self.seeded.texts);
        let of_class = rows.filter(|((_, c), _)| **c as usize == class);
        let best = of_class.map(|((row, _), text)| (cosine(row, vector), text)).max_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or("", |(_, text)| text)
    }

    /// The correction that the text is like, and its class; of equally near ones the last.
    fn corrected(&self, look: &Look<'_>) -> Option<(usize, usize)> {
        let same_names = |number: usize| !self.names[number].differ(&look.names);
        let number = match &look.vector {
            Some(vector) => {
                let rows = self.of_taught.iter().map(|known| cosine(known, vector)).enumerate();
                let near = rows.filter(|(number, likeness)| *likeness >= LIKE_A_CORRECTION && same_names(*number));
                near.max_by(|a, b| a.1.total_cmp(&b.1))?.0
            }
            None => {
                let words = self.words.as_ref()?;
                // The corrections come first there, the newest at the top: of equal scores the first wins.
                let best = words.rank(look.text, 1).into_iter().next().filter(|m| m.score >= words.same_from())?;
                let number = self.taught.len().checked_sub(best.key + 1)?;
                same_names(number).then_some(number)?
            }
        };
        Some((number, self.seeded.class_of[self.seeds + number] as usize))
    }
}
