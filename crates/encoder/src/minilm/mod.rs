//! all-MiniLM-L6-v2 by the product's own arithmetic ([`hypercare_kernels`]), from the bytes in the binary.
//!
//! Texts of a batch stand after each other without padding, and each piece is computed by itself but for attention, so
//! that a text's vector is the same to the last bit whatever is beside it.

mod shape;

use crate::{Options, WordPiece};
use hypercare_kernels::{Level, Matrix, Rows, attention, gelu, layer_norm};
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use shape::{INNER, LAYERS, POSITIONS, TOKENS, WIDTH};

const HEADS: usize = 12;
/// Pieces that go through the layers together: enough that a layer's weights are read once for many, few enough that what
/// lies between the products stays in the processor's cache.
const TOGETHER: usize = 256;

/// The model as it lies in the binary.
pub struct MiniLm {
    level: Level,
    vocabulary: WordPiece,
    pieces: usize,
    /// A row of bytes for each piece, and their scales. Not brought to another form: only rows that are used are read.
    table: &'static [u8],
    scales: &'static [u8],
    positions: &'static [u8],
    norm: Norm,
    layers: Vec<Layer>,
    /// Where each channel stands in a vector.
    order: Vec<usize>,
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    /// Queries, keys and values.
    heads: Matrix<'static>,
    output: Matrix<'static>,
    first_norm: Norm,
    inner: Matrix<'static>,
    outer: Matrix<'static>,
    second_norm: Norm,
}

impl MiniLm {
    /// Reads what `build/pack.rs` wrote.
    pub fn new(bytes: &'static [u8], vocabulary: WordPiece, level: Level) -> Self {
        let mut reader = Reader(bytes);
        let order = reader.take(WIDTH * 2).as_chunks().0.iter().map(|two| u16::from_le_bytes(*two).into()).collect();
        Self {
            level,
            vocabulary,
            pieces: Options::default().pieces.min(POSITIONS),
            order,
            table: reader.take(TOKENS * WIDTH),
            scales: reader.take(TOKENS * 4),
            positions: reader.take(POSITIONS * WIDTH * 4),
            norm: reader.norm(),
            layers: (0..LAYERS).map(|_| reader.layer()).collect(),
        }
    }

    /// The vectors of some texts, given as pieces.
    fn forward(&self, texts: &[&[u32]]) -> Vec<Vector> {
        let level = self.level;
        let count: usize = texts.iter().map(|text| text.len()).sum();
        let mut states = Vec::with_capacity(count * WIDTH);
        let mut added = Vec::with_capacity(count * WIDTH);
        for text in texts {
            for id in *text {
                let id = *id as usize;
                let scale = floats(&self.scales[id * 4..][..4]).sum::<f32>();
                states.extend(self.table[id * WIDTH..][..WIDTH].iter().map(|byte| f32::from(byte.cast_signed()) * scale));
            }
            added.extend(floats(&self.positions[..text.len() * WIDTH * 4]));
        }
        layer_norm(level, &mut states, &added, &self.norm.scale, &self.norm.shift);

        let mut rows = Rows::new(level, &states, WIDTH, true);
        let mut heads = vec![0.0; count * 3 * WIDTH];
        let mut context = vec![0.0; count * WIDTH];
        let mut inner = vec![0.0; count * INNER];
        for layer in &self.layers {
            layer.heads.product(level, &rows, &mut heads);
            let (mut heads, mut context_left) = (heads.as_slice(), context.as_mut_slice());
            for text in texts {
                let (one, rest) = heads.split_at(text.len() * 3 * WIDTH);
                let (out, rest_out) = context_left.split_at_mut(text.len() * WIDTH);
                attention(level, one, out, HEADS);
                (heads, context_left) = (rest, rest_out);
            }
            rows.fill(level, &context, WIDTH, false);
            layer.output.product(level, &rows, &mut added);
            layer_norm(level, &mut states, &added, &layer.first_norm.scale, &layer.first_norm.shift);

            rows.fill(level, &states, WIDTH, true);
            layer.inner.product(level, &rows, &mut inner);
            gelu(level, &mut inner);
            rows.fill(level, &inner, INNER, false);
            layer.outer.product(level, &rows, &mut added);
            layer_norm(level, &mut states, &added, &layer.second_norm.scale, &layer.second_norm.shift);
            rows.fill(level, &states, WIDTH, true);
        }
        let mut left = states.as_slice();
        let mut vectors = Vec::with_capacity(texts.len());
        for text in texts {
            let (one, rest) = left.split_at(text.len() * WIDTH);
            vectors.push(self.mean(one));
            left = rest;
        }
        vectors
    }

    /// The mean over a text's pieces, at length 1, its numbers where the model's authors have them.
    fn mean(&self, states: &[f32]) -> Vector {
        let mut sums = [0.0_f32; WIDTH];
        for state in states.as_chunks::<WIDTH>().0 {
            for (sum, number) in sums.iter_mut().zip(state) {
                *sum += number;
            }
        }
        let length = sums.iter().map(|x| x * x).sum::<f32>().sqrt();
        let mut vector = [0.0_f32; WIDTH];
        for (sum, place) in sums.iter().zip(&self.order) {
            vector[*place] = sum / length;
        }
        Vector::from(vector)
    }
}

impl Encoder for MiniLm {
    fn id(&self) -> &'static str {
        "all-MiniLM-L6-v2-int8"
    }
    fn dimensions(&self) -> usize {
        WIDTH
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        let pieces: Vec<Vec<u32>> = texts.iter().map(|text| self.vocabulary.encode(text, self.pieces)).collect();
        let mut vectors = Vec::with_capacity(texts.len());
        let mut left = pieces.as_slice();
        while !left.is_empty() {
            let mut sum = 0;
            let fit = left.iter().take_while(|text| {
                sum += text.len();
                sum <= TOGETHER
            });
            let (now, later) = left.split_at(fit.count().max(1));
            vectors.extend(self.forward(&now.iter().map(Vec::as_slice).collect::<Vec<_>>()));
            left = later;
        }
        Ok(vectors)
    }
}

/// Reads on from where it stopped.
struct Reader(&'static [u8]);

impl Reader {
    fn take(&mut self, length: usize) -> &'static [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }
    fn floats(&mut self, count: usize) -> Vec<f32> {
        floats(self.take(count * 4)).collect()
    }
    fn norm(&mut self) -> Norm {
        Norm { scale: self.floats(WIDTH), shift: self.floats(WIDTH) }
    }
    fn matrix(&mut self, inputs: usize, outputs: usize) -> Matrix<'static> {
        let packed = self.take(inputs * outputs);
        let sums = self.take(inputs / hypercare_kernels::GROUP * outputs * 2);
        let sums = sums.as_chunks().0.iter().map(|two| i16::from_le_bytes(*two).into()).collect();
        Matrix::new(packed, sums, self.floats(outputs), self.floats(outputs))
    }
    fn layer(&mut self) -> Layer {
        Layer {
            heads: self.matrix(WIDTH, 3 * WIDTH),
            output: self.matrix(WIDTH, WIDTH),
            first_norm: self.norm(),
            inner: self.matrix(WIDTH, INNER),
            outer: self.matrix(INNER, WIDTH),
            second_norm: self.norm(),
        }
    }
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four))
}
