//! The model in the order in which `src/minilm` reads it.
//!
//! The channels of the states are sorted by how large they become: a few are ten times as large as the rest, and they must
//! not share a scale of eight bits with it ([`hypercare_kernels::Rows`]).

use crate::onnx::Tensor;
use crate::shape::{INNER, LAYERS, POSITIONS, TOKENS, WIDTH};
use hypercare_kernels::{group_sums, pack as ordered};

/// Writes everything in the order that `src/minilm` expects.
pub fn pack(tensors: &[Tensor<'_>]) -> Result<Vec<u8>, String> {
    let model = Model { tensors };
    let order = model.order()?;
    let mut out = Vec::new();
    order.iter().for_each(|channel| out.extend((*channel as u16).to_le_bytes()));

    let table = model.bytes("inner.embeddings.word_embeddings.weight_q", &[TOKENS, WIDTH])?;
    table.chunks_exact(WIDTH).for_each(|row| out.extend(order.iter().map(|channel| row[*channel])));
    out.extend(model.tensor("inner.embeddings.word_embeddings.weight_scale", &[TOKENS, 1], 4)?);
    // Every text is of the first kind, so what that adds is added to the positions.
    let kind = model.floats("inner.embeddings.token_type_embeddings.weight", &[2, WIDTH])?;
    let positions = model.bytes("inner.embeddings.position_embeddings.weight_q", &[POSITIONS, WIDTH])?;
    let scales = model.floats("inner.embeddings.position_embeddings.weight_scale", &[POSITIONS, 1])?;
    for (row, scale) in positions.chunks_exact(WIDTH).zip(scales) {
        put(&mut out, order.iter().map(|channel| f32::from(row[*channel].cast_signed()) * scale + kind[*channel]));
    }
    model.norm(&mut out, "inner.embeddings.LayerNorm", &order)?;

    let weights = model.weights()?;
    let straight: Vec<usize> = (0..INNER).collect();
    for (layer, [query, key, value, output, first, second]) in weights.iter().enumerate() {
        let name = |part: &str| format!("inner.encoder.layer.{layer}.{part}");
        let all = [(query, name("attention.self.query.bias")), (key, name("attention.self.key.bias")), (value, name("attention.self.value.bias"))];
        model.matrix(&mut out, &all, &order, &straight[..WIDTH])?;
        model.matrix(&mut out, &[(output, name("attention.output.dense.bias"))], &straight[..WIDTH], &order)?;
        model.norm(&mut out, &name("attention.output.LayerNorm"), &order)?;
        model.matrix(&mut out, &[(first, name("intermediate.dense.bias"))], &order, &straight)?;
        model.matrix(&mut out, &[(second, name("output.dense.bias"))], &straight, &order)?;
        model.norm(&mut out, &name("output.LayerNorm"), &order)?;
    }
    Ok(out)
}

struct Model<'a> {
    tensors: &'a [Tensor<'a>],
}

/// One matrix of the file: its weights and its scales.
type Weights<'a> = (&'a [u8], Vec<f32>);

impl<'a> Model<'a> {
    fn tensor(&self, name: &str, shape: &[usize], size: usize) -> Result<&'a [u8], String> {
        let found = self.tensors.iter().find(|tensor| tensor.name == name).ok_or_else(|| format!("the model has no `{name}`"))?;
        if found.shape != shape || found.bytes.len() != shape.iter().product::<usize>() * size {
            return Err(format!("`{name}` has the shape {:?} and {} bytes, not {shape:?}", found.shape, found.bytes.len()));
        }
        Ok(found.bytes)
    }
    fn bytes(&self, name: &str, shape: &[usize]) -> Result<&'a [u8], String> {
        self.tensor(name, shape, 1)
    }
    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        Ok(self.tensor(name, shape, 4)?.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// The channels, the largest first, by the scale and the shift that each normalisation gives them.
    fn order(&self) -> Result<Vec<usize>, String> {
        let mut size = vec![0.0_f32; WIDTH];
        for tensor in self.tensors.iter().filter(|tensor| tensor.name.ends_with("LayerNorm.weight")) {
            let scale = self.floats(tensor.name, &[WIDTH])?;
            let shift = self.floats(&tensor.name.replace("weight", "bias"), &[WIDTH])?;
            for ((size, scale), shift) in size.iter_mut().zip(scale).zip(shift) {
                *size = size.max(scale.abs() + shift.abs());
            }
        }
        let mut order: Vec<usize> = (0..WIDTH).collect();
        order.sort_by(|a, b| size[*b].total_cmp(&size[*a]));
        Ok(order)
    }

    /// The exporter numbered the matrices; in the file they stand as the layers use them.
    fn weights(&self) -> Result<Vec<[Weights<'a>; 6]>, String> {
        let names = self.tensors.iter().map(|tensor| tensor.name).filter(|name| name.starts_with("val_") && name.ends_with("_q"));
        let names: Vec<&str> = names.collect();
        if names.len() != LAYERS * 6 {
            return Err(format!("the model has {} matrices, not {}", names.len(), LAYERS * 6));
        }
        let one = |name: &str, inputs, outputs| {
            let scales = self.floats(&name.replace("_q", "_scale"), &[1, outputs])?;
            Ok::<Weights<'a>, String>((self.bytes(name, &[inputs, outputs])?, scales))
        };
        let layer = |names: &[&str; 6]| {
            let [query, key, value, output, first, second] = names;
            Ok([
                one(query, WIDTH, WIDTH)?,
                one(key, WIDTH, WIDTH)?,
                one(value, WIDTH, WIDTH)?,
                one(output, WIDTH, WIDTH)?,
                one(first, WIDTH, INNER)?,
                one(second, INNER, WIDTH)?,
            ])
        };
        names.as_chunks().0.iter().map(layer).collect()
    }

    fn norm(&self, out: &mut Vec<u8>, name: &str, order: &[usize]) -> Result<(), String> {
        for part in ["weight", "bias"] {
            let numbers = self.floats(&format!("{name}.{part}"), &[WIDTH])?;
            put(out, order.iter().map(|channel| numbers[*channel]));
        }
        Ok(())
    }

    /// Matrices with the same inputs, side by side as one, with their inputs and their outputs in the orders given.
    fn matrix(&self, out: &mut Vec<u8>, parts: &[(&Weights<'a>, String)], inputs: &[usize], outputs: &[usize]) -> Result<(), String> {
        let width = outputs.len();
        let weight = |input: usize, output: usize| parts[output / width].0.0[inputs[input] * width + outputs[output % width]].cast_signed();
        out.extend(ordered(inputs.len(), parts.len() * width, weight));
        group_sums(inputs.len(), parts.len() * width, weight).iter().for_each(|sum| out.extend(sum.to_le_bytes()));
        for ((_, scales), _) in parts {
            put(out, outputs.iter().map(|output| scales[*output]));
        }
        for (_, bias) in parts {
            let bias = self.floats(bias, &[width])?;
            put(out, outputs.iter().map(|output| bias[*output]));
        }
        Ok(())
    }
}

fn put(out: &mut Vec<u8>, numbers: impl Iterator<Item = f32>) {
    numbers.for_each(|number| out.extend(number.to_le_bytes()));
}
