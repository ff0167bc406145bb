//! Languages of articles: their tags (BCP 47), which of them a reader gets, and which way they are written.

/// A tag as it is kept, in small letters: `de`, `pt-br`. None for what is no tag.
pub fn normal(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-").to_lowercase();
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let fine = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.len() <= 20;
    fine.then_some(tag)
}

/// Which way it is written: `rtl` or `ltr`.
pub fn direction(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or_default();
    if matches!(primary, "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi") { "rtl" } else { "ltr" }
}

/// Of the offered languages the one that a browser's `Accept-Language` asks for most; the first offered where it asks for none of them
/// (RFC 9110, 12.5.4, with the lookup of RFC 4647, 3.4).
pub fn negotiate<'a>(accepts: &str, offered: &'a [String]) -> Option<&'a String> {
    let mut wanted: Vec<(u32, usize, String)> = accepts
        .split(',')
        .take(30)
        .enumerate()
        .filter_map(|(place, one)| {
            let mut parts = one.split(';');
            let tag = normal(parts.next()?)?;
            let quality = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.trim().parse::<f64>().ok())?;
            let quality = (quality.clamp(0.0, 1.0) * 1_000.0) as u32;
            (quality > 0).then_some((1_000 - quality, place, tag))
        })
        .collect();
    wanted.sort();
    let found = wanted.iter().find_map(|(_, _, tag)| {
        let mut range = tag.as_str();
        loop {
            if let Some(found) = offered.iter().find(|lang| *lang == range) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    });
    let near = || {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        wanted.iter().find_map(|(_, _, tag)| offered.iter().find(|lang| primary(lang) == primary(tag)))
    };
    found.or_else(near).or_else(|| offered.first())
}
