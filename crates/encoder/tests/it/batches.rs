//! What is beside a text in a batch, and how often it is asked for, changes nothing.

use crate::{SENTENCES, encoder};
use hypercare_language::encoder::cosine;

#[test]
fn alone_or_among_others() {
    let sentences: Vec<&str> = SENTENCES.lines().collect();
    let encoder = encoder();
    let together = encoder.encode(&sentences).unwrap();
    for (sentence, vector) in sentences.iter().zip(&together).step_by(7) {
        let alone = &encoder.encode(&[sentence]).unwrap()[0];
        assert_eq!(alone[..], vector[..], "{sentence}");
    }
    assert!(encoder.encode(&[]).unwrap().is_empty());
    assert_eq!(encoder.dimensions(), 384);
    assert_eq!(encoder.id(), "all-MiniLM-L6-v2-int8");
}

#[test]
fn odd_texts_have_a_vector_too() {
    let paste = "The order has not arrived. ".repeat(4_000);
    let longer = format!("{paste}{paste}");
    let odd = ["", " \n", "😞😞😞", "\0\0", "????????", &paste, &longer, &"x".repeat(100_000)];
    let vectors = encoder().encode(&odd).unwrap();
    assert_eq!(vectors.len(), odd.len());
    for (text, vector) in odd.iter().zip(&vectors) {
        let length = cosine(vector, vector);
        assert!((length - 1.0).abs() < 1e-5, "{}: {length}", text.chars().take(10).collect::<String>());
    }
    // Both are cut at the same place.
    assert_eq!(vectors[5], vectors[6]);
}

#[test]
fn many_at_once() {
    let encoder = encoder();
    let expected = encoder.encode(&["Where are my invoices?"]).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| encoder.encode(&["Where are my invoices?"]).unwrap())).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), expected);
        }
    });
}
