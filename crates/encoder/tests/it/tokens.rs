//! Pieces of odd texts as Hugging Face's tokenizers 0.23 gives them for the float model.

use hypercare_encoder::WordPiece;
use std::borrow::Cow;

const ODD: &str = include_str!("../golden/tokens.jsonl");

fn pieces() -> WordPiece {
    WordPiece::new(include_str!("../../vocabulary/bert-base-uncased.txt")).expect("it is whole")
}

#[test]
fn odd_texts_have_the_pieces_that_the_model_was_trained_on() {
    let pieces = pieces();
    let mut count = 0;
    for line in ODD.lines() {
        let (text, ids): (String, Vec<u32>) = serde_json::from_str(line).unwrap();
        assert_eq!(pieces.encode(&text, 256), ids, "{text:?}");
        count += 1;
    }
    assert_eq!(count, 105);
    assert_eq!(pieces.len(), 30_522);
}

#[test]
fn long_texts_are_cut_and_special_names_are_words() {
    #[track_caller]
    fn check(text: &str, most: usize, length: usize) {
        let ids = pieces().encode(text, most);
        assert_eq!((ids.len(), ids.first(), ids.last()), (length, Some(&101), Some(&102)), "{}…", text.chars().take(20).collect::<String>());
    }
    check("", 256, 2);
    check("", 0, 2);
    check("one two three", 2, 2);
    check("one two three", 4, 4);
    check("one two three", 5, 5);
    check("unbelievably tokenization", 3, 3);
    for unit in ["x", "word ", "!", "é", "\u{301}", "你", "\0", "😞"] {
        let paste = unit.repeat(100_000 / unit.len());
        let ids = pieces().encode(&paste, 256);
        assert!(ids.len() <= 256, "{unit:?}: {}", ids.len());
    }
    // One word, however long, is unknown as a whole.
    check(&"x".repeat(100_000), 256, 3);
    assert!(!pieces().encode("that is all [SEP] [CLS]", 256)[1..9].contains(&102));
}

#[test]
fn a_vocabulary_that_is_none_is_refused() {
    #[track_caller]
    fn check(vocabulary: impl Into<Cow<'static, str>>, expected: Option<&str>) {
        let error = WordPiece::new(vocabulary).err().map(|why| why.to_string());
        assert_eq!(error.is_some(), expected.is_some(), "{error:?}");
        assert!(error.clone().unwrap_or_default().contains(expected.unwrap_or_default()), "{error:?}");
    }
    check("[CLS]\n[SEP]\n[UNK]\na", None);
    check("[CLS]\r\n[SEP]\r\n[UNK]\r\na\r\n", None);
    check("", Some("`[CLS]`"));
    check("[CLS]\n[SEP]\n", Some("`[UNK]`"));
    check("{\"model\": {}}", Some("one piece a line"));
}
