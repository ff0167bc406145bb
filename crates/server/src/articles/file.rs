//! Articles as Markdown files: `collection/category/key.lang.md`, with a head that says the rest. What is written here is read back the same.

use super::import::{ImportedArticle, ShelfName};
use super::markdown::IMAGES;
use hypercare_core::article::front;
use hypercare_core::article::{ArticleState, ArticleText, Audience, normal_lang};

/// Where an article stands whose file says nothing of it.
const SOMEWHERE: [&str; 2] = ["Articles", "General"];
/// Names of a head that are read.
const KNOWN: [&str; 12] =
    ["title", "summary", "collection", "category", "key", "slug", "lang", "audience", "state", "keywords", "related", "redirects"];

/// A file's article, by its path below the folder and what is in it; `lang` is the language of files that name none.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn read(path: &str, text: &str, lang: &str) -> Result<ImportedArticle, String> {
    let file = front::read(text)?;
    if let Some(other) = file.head.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(format!("`{other}` in its head is not known. There is: {}.", KNOWN.join(", ")));
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    let (stem, named) = named(name);
    let lang = file.value("lang").map_or(named.unwrap_or_else(|| lang.to_owned()), str::to_owned);
    let lang = normal_lang(&lang).ok_or_else(|| format!("`lang: {lang}` is no language tag, such as `en` or `de`."))?;
    let audience = match file.value("audience") {
        None => Audience::Public,
        Some(word) => Audience::from_word(word).ok_or_else(|| format!("`audience: {word}` is neither `public` nor `internal`."))?,
    };
    let state = match file.value("state") {
        None => ArticleState::Published,
        Some(word) => ArticleState::ALL
            .into_iter()
            .find(|state| state.word() == word)
            .ok_or_else(|| format!("`state: {word}` is neither `draft` nor `published` nor `retired`."))?,
    };
    let (title, body) = match file.value("title") {
        Some(title) => (title.to_owned(), file.body.clone()),
        None => titled(&file.body).ok_or("It has no title: write `title:` in its head, or begin with a heading `# …`.")?,
    };
    let folder = |up: usize| parts.len().checked_sub(up).and_then(|at| parts.get(at)).map(|part| (*part).to_owned());
    let shelf = |key: &str, slug: Option<String>, else_called: &str| {
        let name = file.value(key).map(str::to_owned).or_else(|| slug.as_deref().map(titled_slug)).unwrap_or_else(|| else_called.to_owned());
        ShelfName { slug, name }
    };
    let (collection, category) = if parts.len() >= 2 { (folder(2), folder(1)) } else { (folder(1), None) };
    Ok(ImportedArticle {
        key: file.value("key").map_or(stem, str::to_owned),
        lang,
        collection: shelf("collection", collection, SOMEWHERE[0]),
        category: shelf("category", category, SOMEWHERE[1]),
        audience,
        state,
        slug: file.value("slug").map(str::to_owned),
        redirects: file.values("redirects").to_vec(),
        // A text in another language that names none does not undo what this one names.
        related: Some(file.values("related").to_vec()).filter(|keys| !keys.is_empty()),
        text: ArticleText {
            title,
            summary: file.value("summary").unwrap_or_default().to_owned(),
            body: map_links(&body, |_, to| inward(to)),
            keywords: file.values("keywords").to_vec(),
        },
    })
}

/// The path and text of an article's file. `default` is the language whose files do not name it in their names.
pub fn write(article: &ImportedArticle, default: &str) -> (String, String) {
    let plain = |text: &str| !text.is_empty() && text.len() <= 100 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let slug = article.slug.clone().unwrap_or_default();
    let stem = if plain(&article.key) { article.key.clone() } else { slug.clone() };
    let name = if article.lang == default { format!("{stem}.md") } else { format!("{stem}.{}.md", article.lang) };
    let part = |shelf: &ShelfName, else_called: &str| shelf.slug.clone().filter(|s| plain(s)).unwrap_or_else(|| else_called.to_owned());
    let (collection, category) = (part(&article.collection, "articles"), part(&article.category, "general"));
    let one = |text: &str| if text.is_empty() { vec![] } else { vec![text.to_owned()] };
    let head = [
        ("title", one(&article.text.title)),
        ("summary", one(&article.text.summary)),
        ("collection", one(&article.collection.name)),
        ("category", one(&article.category.name)),
        ("key", if stem == article.key { vec![] } else { one(&article.key) }),
        ("slug", one(&slug)),
        ("lang", one(&article.lang)),
        ("audience", if article.audience == Audience::Public { vec![] } else { one(article.audience.word()) }),
        ("state", if article.state == ArticleState::Published { vec![] } else { one(article.state.word()) }),
        ("keywords", article.text.keywords.clone()),
        ("related", article.related.clone().unwrap_or_default()),
        ("redirects", article.redirects.clone()),
    ];
    (format!("{collection}/{category}/{name}"), front::write(&head, &article.text.body))
}

/// The key and language that a file's name says: `seats.de.md`.
fn named(name: &str) -> (String, Option<String>) {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    match stem.rsplit_once('.') {
        Some((key, tag)) if !key.is_empty() && normal_lang(tag).is_some() => (key.to_owned(), normal_lang(tag)),
        _ => (stem.to_owned(), None),
    }
}

/// A title from the first heading, and the text without it.
fn titled(body: &str) -> Option<(String, String)> {
    let rest = body.trim_start_matches('\n').strip_prefix("# ")?;
    let (title, body) = rest.split_once('\n').unwrap_or((rest, ""));
    Some((title.trim().to_owned(), body.to_owned())).filter(|(title, _)| !title.is_empty())
}

/// A name from a folder's: `new-plans` is "New plans".
fn titled_slug(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A link to another file becomes one to its article, wherever that moves; one within the page finds its heading.
fn inward(to: &str) -> Option<String> {
    if let Some(anchor) = to.strip_prefix('#') {
        return (!anchor.starts_with("h-")).then(|| format!("#h-{anchor}"));
    }
    if to.contains(':') || to.starts_with('/') {
        return None;
    }
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
    let (key, _) = named(path.rsplit('/').next().filter(|name| name.ends_with(".md"))?);
    Some(match anchor {
        Some(anchor) => format!("article:{key}#h-{}", anchor.strip_prefix("h-").unwrap_or(anchor)),
        None => format!("article:{key}"),
    })
}

/// Addresses of pictures in a text that are neither on the web nor here already.
pub fn own_images(body: &str) -> Vec<String> {
    let mut found = vec![];
    map_links(body, |image, to| {
        if image && !to.contains("://") && !to.starts_with(IMAGES) && !to.starts_with("data:") && !found.contains(&to.to_owned()) {
            found.push(to.to_owned());
        }
        None
    });
    found
}

/// The text with the addresses of its links and pictures changed where `change` gives another one. What stands in code stays.
pub fn map_links(body: &str, mut change: impl FnMut(bool, &str) -> Option<String>) -> String {
    let (mut out, mut fenced) = (String::with_capacity(body.len()), false);
    for line in body.split_inclusive('\n') {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced {
            out.push_str(line);
        } else {
            map_line(line, &mut out, &mut change);
        }
    }
    out
}

fn map_line(line: &str, out: &mut String, change: &mut impl FnMut(bool, &str) -> Option<String>) {
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        let quoted = after.starts_with('<');
        let end = if quoted { after.find('>').map(|end| end + 1) } else { after.find([')', ' ', '\n']) };
        let Some(end) = end else {
            rest = after;
            continue;
        };
        let to = after[..end].trim_start_matches('<').trim_end_matches('>');
        // Whether it is a picture says the sign before the bracket that this one closes.
        let opened = before.rfind('[');
        let image = opened.is_some_and(|at| before[..at].ends_with('!'));
        match change(image, to) {
            Some(new) if new.contains([' ', '(', ')']) => out.push_str(&format!("<{new}>")),
            Some(new) => out.push_str(&new),
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "---\ntitle: \"Seats: how?\"\nsummary: One is one\ncollection: Pläne\ncategory: Neu\nslug: seats\nlang: de\naudience: internal\nstate: draft\nkeywords: [\"a, b\"]\nrelated: [vat]\nredirects: [places]\n---\n\nSee [it](article:vat#h-now).\n";
        let read_once = read("plans/new-plans/seats.de.md", text, "en").unwrap();
        let (path, written) = write(&read_once, "en");
        assert_eq!(path, "plans/new-plans/seats.de.md");
        let again = read(&path, &written, "en").unwrap();
        assert_eq!(format!("{again:?}"), format!("{read_once:?}"));
        assert_eq!((again.key.as_str(), again.collection.slug.as_deref(), again.state), ("seats", Some("plans"), ArticleState::Draft));
        // A key that is no file's name stands in the head.
        let odd = ImportedArticle { key: "help/scout 7".into(), ..read_once };
        let (path, written) = write(&odd, "de");
        assert_eq!(path, "plans/new-plans/seats.md");
        assert_eq!(read(&path, &written, "de").unwrap().key, "help/scout 7");
    }

    #[test]
    fn files_of_others_are_read_as_they_are() {
        let plain = read(
            "billing/How to pay.md",
            "# How do I pay?\n\nBy card. See [more](../plans/seats.de.md#one) and [web](https://x.example/a.md).\n",
            "en",
        )
        .unwrap();
        assert_eq!((plain.text.title.as_str(), plain.key.as_str(), plain.lang.as_str()), ("How do I pay?", "How to pay", "en"));
        assert_eq!((plain.collection.name.as_str(), plain.category.name.as_str()), ("Billing", "General"));
        assert_eq!(plain.text.body.trim(), "By card. See [more](article:seats#h-one) and [web](https://x.example/a.md).");
        let top = read("x.md", "# X\n", "en").unwrap();
        assert_eq!((top.collection.name.as_str(), top.category.name.as_str()), ("Articles", "General"));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        #[track_caller]
        fn check(text: &str, says: &str) {
            let why = read("a/b/c.md", text, "en").unwrap_err();
            assert!(why.contains(says), "{text}: {why}");
        }
        check("text", "no title");
        check("---\ntitle: A\nlang: english\n---\n", "no language tag");
        check("---\ntitle: A\naudience: all\n---\n", "neither `public` nor `internal`");
        check("---\ntitle: A\nstate: new\n---\n", "neither `draft`");
        check("---\ntitle: A\ncolor: red\n---\n", "`color` in its head is not known");
    }

    #[test]
    fn links_are_changed_outside_of_code() {
        let body = "![a](img/a.png) [b](<x y.png>) `z`\n```\n![c](img/c.png)\n```\n![d](/help/images/d1.png)![e](https://x.example/e.png)";
        assert_eq!(own_images(body), ["img/a.png"]);
        let changed = map_links(body, |image, to| image.then(|| format!("new/{to}")));
        assert_eq!(
            changed,
            "![a](new/img/a.png) [b](<x y.png>) `z`\n```\n![c](img/c.png)\n```\n![d](new//help/images/d1.png)![e](new/https://x.example/e.png)"
        );
    }
}
