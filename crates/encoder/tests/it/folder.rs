//! A model that an operator names: it works, or the message says which file is wrong and what would be right.

use crate::{SENTENCES, encoder};
use hypercare_encoder::{Options, from_dir};
use hypercare_language::encoder::{Encoder, cosine};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

const VOCABULARY: &str = include_str!("../../vocabulary/bert-base-uncased.txt");

fn onnx() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("model/model.onnx")).expect("run `cargo xtask model`, then the tests again")
}

/// The same file with another name for something, of the same length.
fn renamed(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut onnx = onnx();
    let places: Vec<usize> = onnx.windows(from.len()).enumerate().filter(|(_, window)| *window == from.as_bytes()).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        onnx[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    onnx
}

#[test]
fn the_same_model_from_a_folder_says_the_same() {
    let folder = hypercare_test_support::temp_dir();
    fs::write(folder.join("model.onnx"), onnx()).unwrap();
    fs::write(folder.join("vocab.txt"), VOCABULARY).unwrap();
    let options = Options { threads: NonZeroUsize::new(2).unwrap(), ..Options::default() };
    let other = from_dir(&folder, options).unwrap();
    assert_eq!(other.dimensions(), 384);
    assert_ne!(other.id(), encoder().id(), "vectors of two files are not mixed, even where they should be the same");
    let sentences: Vec<&str> = SENTENCES.lines().collect();
    let (ours, theirs) = (encoder().encode(&sentences).unwrap(), other.encode(&sentences).unwrap());
    for ((a, b), sentence) in ours.iter().zip(&theirs).zip(sentences) {
        assert!(cosine(a, b) > 0.9995, "{sentence}: {}", cosine(a, b));
    }
}

#[test]
fn what_is_wrong_is_said() {
    #[track_caller]
    fn check(onnx: Option<&[u8]>, vocabulary: Option<&str>, expected: &[&str]) {
        let folder = hypercare_test_support::temp_dir();
        for (name, content) in [("model.onnx", onnx), ("vocab.txt", vocabulary.map(str::as_bytes))] {
            if let Some(content) = content {
                fs::write(folder.join(name), content).unwrap();
            }
        }
        let Err(why) = from_dir(&folder, Options::default()) else { panic!("was taken") };
        for part in expected {
            assert!(why.to_string().contains(part), "{why} does not say {part}");
        }
    }
    check(None, Some(VOCABULARY), &["model.onnx cannot be read", "vocab.txt"]);
    check(Some(&onnx()), None, &["vocab.txt cannot be read"]);
    check(Some(&onnx()), Some("{}"), &["vocab.txt has no line `[CLS]`"]);
    check(Some(b"version https://git-lfs.github.com/spec/v1"), Some(VOCABULARY), &["model.onnx is not an ONNX model"]);
    check(Some(b""), Some(VOCABULARY), &["model.onnx is not an ONNX model"]);
    check(Some(&onnx()[..1_000_000]), Some(VOCABULARY), &["model.onnx"]);
    check(Some(&renamed("last_hidden_state", "pooled_text_state")), Some(VOCABULARY), &["no output `last_hidden_state`", "pooled_text_state"]);
    check(Some(&renamed("attention_mask", "attention_musk")), Some(VOCABULARY), &["attention_musk", "attention_mask"]);
    let longer = format!("{VOCABULARY}one-more\nand-another\n");
    check(Some(&onnx()), Some(&longer), &["belong together", "30524"]);
}
