//! Light stemming: endings of number, tense and manner, nothing that changes the meaning.

/// The word without a common English ending. Words of three letters and fewer stay as they are.
pub(crate) fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.is_ascii() {
        return word.to_owned();
    }
    let plural = if let Some(s) = word.strip_suffix("ies").filter(|s| s.len() >= 2) {
        format!("{s}y")
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word.to_owned()
    } else if let Some(s) = ["sses", "shes", "ches", "xes", "zes"].iter().find(|e| word.ends_with(**e)).and_then(|_| word.strip_suffix("es")) {
        s.to_owned()
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    };
    let base = ["ing", "edly", "ed", "ly"]
        .iter()
        .find_map(|ending| plural.strip_suffix(ending))
        .filter(|s| s.len() >= 3 && s.bytes().any(|b| b"aeiouy".contains(&b)))
        .map_or_else(|| plural.clone(), undoubled);
    // `charge`, `charged` and `charging` meet without the silent e.
    base.strip_suffix('e').filter(|s| s.len() >= 3).map_or_else(|| base.clone(), str::to_owned)
}

fn undoubled(stem: &str) -> String {
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"lsz".contains(b) => stem[..stem.len() - 1].to_owned(),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        fn check(forms: &[&str]) {
            let stems: Vec<_> = forms.iter().map(|f| stem(f)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?}: {stems:?}");
        }
        check(&["charge", "charged", "charges", "charging"]);
        check(&["plan", "plans", "planned", "planning"]);
        check(&["company", "companies"]);
        check(&["bill", "bills", "billed", "billing"]);
        check(&["price", "prices", "priced"]);
        check(&["upgrade", "upgraded", "upgrading"]);
        check(&["box", "boxes"]);
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [("bus", "bu"), ("plan", "plane"), ("access", "acces"), ("bed", "b"), ("über", "übers")] {
            assert_ne!(stem(a), b, "{a}");
        }
    }
}
