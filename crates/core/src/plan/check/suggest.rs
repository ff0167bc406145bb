//! "Did you mean": the known word that is nearest to what was written.

/// Words longer than this are not compared, so that the work stays small.
const WORD_LIMIT: usize = 64;
/// Candidates that are looked at.
const CANDIDATES_LIMIT: usize = 500;

/// The nearest of `known` to `word`, if one is near enough to be what was meant.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = plain(word);
    if word.is_empty() || word.len() > WORD_LIMIT {
        return None;
    }
    let reach = (word.len() / 3).max(1);
    let distance_to = |candidate: &str| {
        let candidate = plain(candidate);
        let shared = word.len().min(candidate.len());
        // A shortened or lengthened word (`monday` for `mon`) is meant, however many letters it lacks.
        if shared >= 3 && word[..shared] == candidate[..shared] {
            return Some(1.min(word.len().abs_diff(candidate.len())));
        }
        (candidate.len() <= WORD_LIMIT).then(|| distance(&word, &candidate)).filter(|d| *d <= reach && *d < word.len().max(candidate.len()))
    };
    known.into_iter().take(CANDIDATES_LIMIT).filter_map(|k| distance_to(k).map(|d| (d, k))).min_by_key(|(d, _)| *d).map(|(_, k)| k)
}

fn plain(word: &str) -> Vec<char> {
    word.chars().take(WORD_LIMIT + 1).filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Edits from one word to the other: a letter more, less or other, or two neighbours swapped
/// (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut least = (last[j - 1] + usize::from(a[i - 1] != b[j - 1])).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        fn check(word: &str, known: &[&str], expected: Option<&str>) {
            assert_eq!(nearest(word, known.iter().copied()), expected, "{word}");
        }
        check("anwser", &["owner", "answer"], Some("answer"));
        check("doNow", &["do_now", "now"], Some("do_now"));
        check("monday", &["mon", "tue"], Some("mon"));
        check("price-highr", &["price-lower", "price-higher"], Some("price-higher"));
        check("colour", &["key", "name"], None);
        check("ab", &["cd"], None);
        check("", &["a"], None);
    }

    #[test]
    fn distance_counts_swaps_as_one() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!((d("", "abc"), d("abc", ""), d("abc", "abc")), (3, 3, 0));
        assert_eq!((d("teh", "the"), d("kitten", "sitting")), (1, 3));
    }
}
