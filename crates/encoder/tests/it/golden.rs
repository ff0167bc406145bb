//! The vectors of the sentences against those of two other programs: of the float model, and of the same int8 file run by
//! onnxruntime 1.32. Each number is kept as a whole one, 32767 for 1.

use crate::{SENTENCES, encoder};
use hypercare_encoder::{Level, built_in_at};
use hypercare_language::encoder::cosine;

static FLOAT: &[u8] = include_bytes!("../golden/float.i16");
static INT8: &[u8] = include_bytes!("../golden/int8.i16");

fn vectors(file: &[u8]) -> Vec<Vec<f32>> {
    let numbers: Vec<f32> = file.as_chunks().0.iter().map(|pair| f32::from(i16::from_le_bytes(*pair)) / 32767.0).collect();
    numbers.chunks_exact(384).map(<[f32]>::to_vec).collect()
}

/// Every sentence is at least `least` near to its reference, and all but `exceptions` are `usual` near.
#[track_caller]
fn check(reference: &[u8], usual: f32, exceptions: usize, least: f32) {
    let sentences: Vec<&str> = SENTENCES.lines().collect();
    let reference = vectors(reference);
    assert_eq!((sentences.len(), reference.len()), (200, 200));
    let found = encoder().encode(&sentences).expect("a sound model encodes every text");
    let mut near: Vec<(f32, &str)> =
        found.iter().zip(&reference).map(|(a, b)| cosine(a, b) / cosine(b, b).sqrt()).zip(sentences.iter().copied()).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let below = near.iter().filter(|(cosine, _)| *cosine < usual).count();
    let mean = near.iter().map(|(cosine, _)| cosine).sum::<f32>() / 200.0;
    println!("least {}, mean {mean}, {below} below {usual}", near[0].0);
    assert!(near[0].0 >= least && below <= exceptions, "least {}, {below} below {usual}: {:?}", near[0].0, &near[..20]);
}

#[test]
fn near_the_float_model() {
    // The file itself, run by onnxruntime, has 12 below 0.999, its least is 0.9964: "ok", "no", "??" and the like, for which
    // eight bits of the embedding table are few.
    check(FLOAT, 0.999, 14, 0.996);
}

#[test]
fn near_the_same_file_in_another_program() {
    // That program does not bring what it multiplies the weights with to eight bits; ours does.
    check(INT8, 0.9999, 10, 0.9997);
}

/// What each level computes has the same bits, so that a decision can be replayed on another machine.
#[test]
fn equal_on_every_processor() {
    let sentences: Vec<&str> = SENTENCES.lines().step_by(4).collect();
    let expected = encoder().encode(&sentences).unwrap();
    for level in Level::all() {
        let found = built_in_at(level).unwrap().encode(&sentences).unwrap();
        assert!(found == expected, "{} differs", level.name());
    }
}

#[test]
fn what_means_the_same_is_near() {
    let vectors = encoder()
        .encode(&[
            "Password reset link does not work",
            "I clicked on the mail to set a new password and nothing came",
            "Is Sunday delivery possible?",
        ])
        .unwrap();
    assert!(vectors.iter().all(|vector| (cosine(vector, vector) - 1.0).abs() < 1e-5));
    assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]) + 0.3);
}
