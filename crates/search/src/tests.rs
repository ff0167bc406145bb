//! An index as those who use it see it.

use crate::{Change, Document, Index, Position, Words};
use hypercare_test_support::temp_dir;
use std::path::Path;

const DAY: i64 = 86_400_000_000;

fn said(id: i64, subject: &str, customer: &str, text: &str) -> Change {
    let (subject, customer, text) = (subject.into(), customer.into(), text.into());
    Change::Put(Box::new(Document { id, at: id, facets: vec![format!("odd:{}", id % 2)], subject, customer, text }))
}

fn at(seq: i64) -> Position {
    Position { seq, mark: seq * 7, reading: None }
}

fn find(index: &Index, typed: &str) -> Vec<i64> {
    index.find(&Words::parse(typed), &[], DAY, 0, 20).unwrap().ids
}

fn open(folder: &Path) -> Index {
    Index::open(Some(folder)).unwrap()
}

#[test]
fn what_fits_best_comes_first() {
    let index = Index::open(None).unwrap();
    let all = vec![
        said(1, "Invoice missing", "Ana Souza ana@example.net", "My invoice for May did not arrive."),
        said(2, "Wrong total", "Björn Østergård", "The total on the invoices is wrong, order 1042"),
        said(3, "Sign-in", "Dora Weiss", "I cannot sign in since this morning. The invoise page is empty."),
        said(4, "Stromrechnung", "Łukasz Żak", "Die Stromrechnung ist zu hoch"),
        said(5, "Number", "Eve Ivoice", "order 1043"),
    ];
    index.apply(all, at(1)).unwrap();
    #[track_caller]
    fn check(index: &Index, typed: &str, expected: &[i64]) {
        assert_eq!(find(index, typed), expected, "{typed}");
    }
    // As it stands, then longer words, then words that were misspelt: those in a name before those in a text.
    check(&index, "invoice", &[1, 2, 5, 3]);
    check(&index, "INVOICE total", &[2]);
    check(&index, "ostergard", &[2]);
    check(&index, "Østergård", &[2]);
    check(&index, "lukasz zak", &[4]);
    check(&index, "rechnung", &[4]);
    check(&index, "1042", &[2]);
    check(&index, "ana@example", &[1]);
    check(&index, "invoce", &[1]);
    check(&index, "ana souza", &[1]);
    check(&index, "souza invoice may", &[1]);
    check(&index, "souza total", &[]);
    check(&index, "", &[]);
}

#[test]
fn filters_and_pages_agree_with_the_total() {
    let index = Index::open(None).unwrap();
    index.apply((1..=25).map(|id| said(id, "tax", "Ana", "tax")).collect(), at(1)).unwrap();
    let words = Words::parse("tax");
    let mut ids = vec![];
    for page in 0..4 {
        let found = index.find(&words, &["odd:1".into()], DAY, page * 5, 5).unwrap();
        assert_eq!(found.total, 13);
        ids.extend(found.ids);
    }
    ids.sort_unstable();
    assert_eq!(ids, (1..=25).step_by(2).collect::<Vec<i64>>());
}

#[test]
fn of_two_that_fit_as_well_the_newer_comes_first() {
    let index = Index::open(None).unwrap();
    let old = |id, at| Change::Put(Box::new(Document { id, at, subject: "tax".into(), ..Document::default() }));
    index.apply(vec![old(1, 400 * DAY), old(2, 100 * DAY), old(3, 300 * DAY)], at(1)).unwrap();
    assert_eq!(index.find(&Words::parse("tax"), &[], 400 * DAY, 0, 20).unwrap().ids, [1, 3, 2]);
}

#[test]
fn an_index_goes_on_where_it_stopped() {
    let folder = temp_dir();
    let place = folder.join("search");
    let index = open(&place);
    assert_eq!(index.position(), Position::NOTHING);
    index.apply(vec![said(1, "tax", "Ana", "first")], Position { seq: 3, mark: 9, reading: Some(1) }).unwrap();
    index.apply(vec![said(1, "tax", "Ana", "second")], at(8)).unwrap();
    assert!(matches!(Index::open(Some(&place)), Err(crate::SearchError::Busy)), "two writers in one folder");
    drop(index);
    let index = open(&place);
    assert_eq!((index.position(), index.documents()), (at(8), 1));
    assert_eq!((find(&index, "second"), find(&index, "first")), (vec![1], vec![]));
    index.clear().unwrap();
    assert_eq!((index.position(), index.documents()), (Position::NOTHING, 0));
}

#[test]
fn a_damaged_index_is_made_anew() {
    let damage: [(&str, &[u8]); 3] = [("meta.json", b"{"), ("meta.json", b""), (".term", b"nothing")];
    for (name, bytes) in damage {
        let folder = temp_dir();
        let place = folder.join("search");
        open(&place).apply(vec![said(1, "tax", "Ana", "first")], at(8)).unwrap();
        let files = std::fs::read_dir(&place).unwrap().map(|file| file.unwrap().path());
        let hit: Vec<_> = files.filter(|path| path.to_string_lossy().ends_with(name)).collect();
        assert!(!hit.is_empty(), "{name}");
        hit.iter().for_each(|path| std::fs::write(path, bytes).unwrap());
        let index = open(&place);
        assert_eq!((index.position(), index.documents()), (Position::NOTHING, 0), "{name}");
        index.apply(vec![said(1, "tax", "Ana", "first")], at(8)).unwrap();
        assert_eq!(find(&index, "tax"), [1], "{name}");
    }
}

#[test]
fn what_is_forgotten_is_in_no_file() {
    let folder = temp_dir();
    let index = open(&folder.join("search"));
    index.apply((1..=20).map(|id| said(id, "tax", "Ana", &format!("secret{id}"))).collect(), at(1)).unwrap();
    let kept = |word: &str| {
        let term = tantivy::Term::from_field_text(index.fields.words, word);
        index.reader.searcher().doc_freq(&term).unwrap()
    };
    index.apply(vec![Change::Remove(7)], at(2)).unwrap();
    assert_eq!((find(&index, "secret7"), kept("secret7")), (vec![], 1), "not found, but its words are still in a file");
    index.forget(&[8]).unwrap();
    assert_eq!((kept("secret7"), kept("secret8"), kept("secret9")), (0, 0, 1));
    assert_eq!((index.documents(), index.position()), (18, at(2)));
    index.forget(&(1..=20).collect::<Vec<i64>>()).unwrap();
    assert_eq!((index.documents(), kept("tax")), (0, 0));
}
