//! Any ONNX model of sentence vectors, run by rten.

use crate::{LoadError, WordPiece};
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use rten::{Dimension, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

/// How an encoder runs.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Pieces of a text that are read, with the two around it; what comes after is cut. At least 2.
    pub pieces: usize,
    /// Threads that compute.
    pub threads: NonZeroUsize,
}

impl Default for Options {
    /// As the built-in model was made for: 256 pieces, about 190 English words. One thread.
    fn default() -> Self {
        Self { pieces: 256, threads: NonZeroUsize::MIN }
    }
}

/// Texts that go through the model together. More gain nothing and cost memory.
const BATCH: usize = 32;
/// Texts of a batch are padded to the longest: it may be at most so many pieces longer than the shortest, or a quarter.
const PADDING: usize = 4;

/// A model of sentence vectors: the mean over the pieces of what it gives out, at length 1.
pub struct Model {
    id: String,
    dimensions: usize,
    graph: rten::Model,
    inputs: Inputs,
    output: NodeId,
    vocabulary: WordPiece,
    pieces: usize,
    run: RunOptions,
}

struct Inputs {
    ids: NodeId,
    mask: NodeId,
    types: Option<NodeId>,
}

/// Loads another model: a folder with `model.onnx` and `vocab.txt`.
///
/// The model takes `input_ids`, `attention_mask` and, where it has it, `token_type_ids`, each [texts, pieces], and gives
/// `last_hidden_state`, [texts, pieces, numbers]. It is tried on one text before this returns.
///
/// # Errors
/// When a file is missing, is not what it should be, or the model's inputs and outputs are others.
pub fn from_dir(folder: &Path, options: Options) -> Result<Model, LoadError> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|why| LoadError::File(path, why))
    };
    let onnx = read("model.onnx")?;
    let vocabulary = String::from_utf8(read("vocab.txt")?).map_err(|_| LoadError::Vocabulary("is not UTF-8 text".into()))?;
    let vocabulary = WordPiece::new(vocabulary)?;
    let mark = onnx.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3));
    let graph = ModelOptions::with_all_ops().load(onnx).map_err(|why| not_a_model(&why))?;
    // Two versions of a model in the same place are two models.
    Model::new(format!("{}-{mark:016x}", folder.file_name().unwrap_or_default().to_string_lossy()), graph, vocabulary, options)
}

fn not_a_model(why: &rten::LoadError) -> LoadError {
    LoadError::Model(format!("is not an ONNX model that can be run: {why}"))
}

impl Model {
    /// The model whose bytes are in the binary.
    #[cfg(has_model)]
    pub(crate) fn from_static(onnx: &'static [u8], vocabulary: WordPiece) -> Result<Self, LoadError> {
        let graph = ModelOptions::with_all_ops().load_static_slice(onnx).map_err(|why| not_a_model(&why))?;
        Self::new("all-MiniLM-L6-v2-int8".into(), graph, vocabulary, Options::default())
    }

    fn new(id: String, graph: rten::Model, vocabulary: WordPiece, options: Options) -> Result<Self, LoadError> {
        let names = |ids: &[NodeId]| ids.iter().filter_map(|id| graph.node_info(*id)?.name().map(str::to_owned)).collect::<Vec<_>>();
        let (inputs, outputs) = (names(graph.input_ids()), names(graph.output_ids()));
        if let Some(other) = inputs.iter().find(|name| !["input_ids", "attention_mask", "token_type_ids"].contains(&name.as_str())) {
            return Err(LoadError::Model(format!(
                "has an input `{other}`: a sentence model has input_ids, attention_mask and perhaps token_type_ids"
            )));
        }
        let input = |name: &str| {
            graph.find_node(name).filter(|id| graph.input_ids().contains(id)).ok_or_else(|| {
                LoadError::Model(format!("has no input `{name}`: a sentence model has input_ids and attention_mask, this one has {}", list(&inputs)))
            })
        };
        let output = graph.find_node("last_hidden_state").filter(|id| graph.output_ids().contains(id)).ok_or_else(|| {
            LoadError::Model(format!("has no output `last_hidden_state`: export the model without a head; this one gives {}", list(&outputs)))
        })?;
        let shape = graph.node_info(output).and_then(|node| node.shape());
        if let Some(shape) = shape.as_deref().filter(|shape| shape.len() != 3) {
            return Err(LoadError::Model(format!(
                "gives `last_hidden_state` with {} dimensions: it should have three, texts, pieces and numbers",
                shape.len()
            )));
        }
        let inputs = Inputs { ids: input("input_ids")?, mask: input("attention_mask")?, types: input("token_type_ids").ok() };
        let run = RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(options.threads.get()))));
        let declared = match shape.as_deref() {
            Some([_, _, Dimension::Fixed(numbers)]) => *numbers,
            _ => 0,
        };
        let mut model = Self { id, dimensions: declared, graph, inputs, output, vocabulary, pieces: options.pieces, run };
        // A vocabulary of another model shows as a piece that the embedding table does not have.
        let last = model.vocabulary.len() as u32 - 1;
        let tried = model.forward(&[vec![last, last]]).map_err(|why| {
            LoadError::Model(format!("fails on a first text: {}; do model.onnx and vocab.txt, with {} pieces, belong together?", why.0, last + 1))
        })?;
        model.dimensions = tried.first().map_or(0, |vector| vector.len());
        if model.dimensions == 0 || (declared != 0 && declared != model.dimensions) {
            return Err(LoadError::Model(format!("gives vectors of {} numbers", model.dimensions)));
        }
        Ok(model)
    }

    /// One batch, padded to the longest.
    fn forward(&self, texts: &[Vec<u32>]) -> Result<Vec<Vector>, EncodeError> {
        let width = texts.iter().map(Vec::len).max().unwrap_or(0);
        let shape = [texts.len(), width];
        let padded = |number: &dyn Fn(u32) -> i32| {
            let row = |text: &Vec<u32>| text.iter().map(|id| number(*id)).chain(std::iter::repeat(0)).take(width).collect::<Vec<_>>();
            Value::from_shape(shape, texts.iter().flat_map(row).collect::<Vec<i32>>()).map_err(|why| EncodeError(why.to_string()))
        };
        let mut inputs = vec![(self.inputs.ids, padded(&|id| id as i32)?.into()), (self.inputs.mask, padded(&|_| 1)?.into())];
        if let Some(types) = self.inputs.types {
            inputs.push((types, padded(&|_| 0)?.into()));
        }
        let [output] = self.graph.run_n(inputs, [self.output], Some(self.run.clone())).map_err(|why| EncodeError(why.to_string()))?;
        let (shape, states) = output.into_shape_vec::<f32, 3>().map_err(|why| EncodeError(format!("last_hidden_state: {why}")))?;
        let [count, length, numbers] = shape;
        if count != texts.len() || length != width || numbers == 0 {
            return Err(EncodeError(format!("last_hidden_state is {count} × {length} × {numbers} for {} texts of {width} pieces", texts.len())));
        }
        Ok(texts.iter().zip(states.chunks_exact(length * numbers)).map(|(text, states)| mean(&states[..text.len() * numbers], numbers)).collect())
    }
}

/// The mean over the pieces, at length 1.
fn mean(states: &[f32], numbers: usize) -> Vector {
    let mut sum = vec![0.0_f32; numbers];
    for state in states.chunks_exact(numbers) {
        for (sum, number) in sum.iter_mut().zip(state) {
            *sum += number;
        }
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|x| *x /= length);
    }
    sum.into()
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "none with a name".into() } else { names.join(", ") }
}

impl Encoder for Model {
    fn id(&self) -> &str {
        &self.id
    }
    fn dimensions(&self) -> usize {
        self.dimensions
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        let pieces: Vec<Vec<u32>> = texts.iter().map(|text| self.vocabulary.encode(text, self.pieces)).collect();
        let mut vectors: Vec<Option<Vector>> = vec![None; texts.len()];
        for batch in batches(&pieces) {
            let rows: Vec<Vec<u32>> = batch.iter().map(|index| pieces[*index].clone()).collect();
            for (index, vector) in batch.iter().zip(self.forward(&rows)?) {
                vectors[*index] = Some(vector);
            }
        }
        Ok(vectors.into_iter().flatten().collect())
    }
}

/// Which texts go together: of about the same length, so that little is padded.
fn batches(texts: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|index| texts[*index].len());
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let length = texts[index].len();
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH && length - texts[batch[0]].len() <= PADDING.max(length / 4) => batch.push(index),
            _ => batches.push(vec![index]),
        }
    }
    batches
}
