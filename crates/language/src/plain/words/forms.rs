//! From a form of an English word to the words that it may be a form of.

/// The words that `word` may be a regular form of, itself first: without a possessive's or plural's ending, without -d, -ed, -ied, -ing, -er,
/// -ier, -est, -iest, with an e that fell away put back and a doubled letter made single.
pub(super) fn bases(word: &str) -> impl Iterator<Item = String> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    let mut found = vec![word.to_owned()];
    let mut add = |stem: &str, ends: &[&str]| {
        if stem.len() >= 2 && stem.is_ascii() {
            found.extend(ends.iter().map(|end| format!("{stem}{end}")));
            let bytes = stem.as_bytes();
            if stem.len() >= 3 && bytes[stem.len() - 1] == bytes[stem.len() - 2] && ends.contains(&"e") {
                found.push(stem[..stem.len() - 1].to_owned());
            }
        }
    };
    for ending in ["ies", "ied", "ier", "iest"] {
        if let Some(stem) = word.strip_suffix(ending) {
            add(stem, &["y"]);
        }
    }
    if let Some(stem) = word.strip_suffix('s') {
        add(stem, &[""]);
    }
    if let Some(stem) = word.strip_suffix("es") {
        add(stem, &[""]);
    }
    for ending in ["ed", "ing", "er", "est"] {
        if let Some(stem) = word.strip_suffix(ending) {
            add(stem, &["", "e"]);
        }
    }
    if let Some(stem) = word.strip_suffix("ves") {
        add(stem, &["f", "fe"]);
    }
    found.into_iter()
}
