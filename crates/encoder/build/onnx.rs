//! The constants of an ONNX file: names, shapes and bytes, and no more. The format is Protocol Buffers; the numbers of the
//! fields are those of `onnx.proto`.

/// One constant.
#[derive(Default)]
pub struct Tensor<'a> {
    pub name: &'a str,
    pub shape: Vec<usize>,
    pub bytes: &'a [u8],
}

/// A field's number and what it holds: a number, or bytes.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

const GRAPH: u64 = 7;
const CONSTANT: u64 = 5;
const SHAPE: u64 = 1;
const NAME: u64 = 8;
const RAW: u64 = 9;

/// All constants in the file's order.
pub fn tensors(file: &[u8]) -> Result<Vec<Tensor<'_>>, String> {
    let mut found = Vec::new();
    for (field, value) in fields(file)? {
        if let (GRAPH, Value::Bytes(graph)) = (field, value) {
            for (field, value) in fields(graph)? {
                if let (CONSTANT, Value::Bytes(constant)) = (field, value) {
                    found.push(tensor(constant)?);
                }
            }
        }
    }
    Ok(found)
}

fn tensor(constant: &[u8]) -> Result<Tensor<'_>, String> {
    let mut tensor = Tensor::default();
    for (field, value) in fields(constant)? {
        match (field, value) {
            (SHAPE, Value::Number(size)) => tensor.shape.push(size as usize),
            // Several numbers in one field.
            (SHAPE, Value::Bytes(mut sizes)) => {
                while !sizes.is_empty() {
                    tensor.shape.push(number(&mut sizes)? as usize);
                }
            }
            (NAME, Value::Bytes(name)) => tensor.name = std::str::from_utf8(name).map_err(|why| why.to_string())?,
            (RAW, Value::Bytes(bytes)) => tensor.bytes = bytes,
            _ => {}
        }
    }
    Ok(tensor)
}

fn fields(mut message: &[u8]) -> Result<Vec<(u64, Value<'_>)>, String> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let key = number(&mut message)?;
        let value = match key & 7 {
            0 => Value::Number(number(&mut message)?),
            1 => Value::Bytes(take(&mut message, 8)?),
            2 => {
                let length = number(&mut message)? as usize;
                Value::Bytes(take(&mut message, length)?)
            }
            5 => Value::Bytes(take(&mut message, 4)?),
            other => return Err(format!("the model has a field of kind {other}")),
        };
        found.push((key >> 3, value));
    }
    Ok(found)
}

fn take<'a>(message: &mut &'a [u8], length: usize) -> Result<&'a [u8], String> {
    let (taken, rest) = message.split_at_checked(length).ok_or("the model ends in the middle of a field")?;
    *message = rest;
    Ok(taken)
}

/// Seven bits a byte, the lowest first.
fn number(message: &mut &[u8]) -> Result<u64, String> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(message, 1)?[0];
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Ok(number);
        }
    }
    Err("the model has a number of more than 64 bits".into())
}
