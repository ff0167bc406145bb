//! The console and the chat as they were built, inside the binary.
//!
//! Where they were not built, each consists of one page that says so and how to build it. Nothing here
//! reads the disk: a path is looked up among the files that were embedded, so no path can leave them.

use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;

#[derive(Embed)]
#[folder = "$OUT_DIR/console"]
struct Console;

#[derive(Embed)]
#[folder = "$OUT_DIR/widget"]
struct Widget;

/// One file, with what an HTTP answer needs to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// Media type, with the character set for text: `text/html; charset=utf-8`.
    pub mime: String,
    /// Strong entity tag with its quotes, made from the content.
    pub etag: String,
    /// The name contains a hash of the content, so that it may be cached for ever.
    pub immutable: bool,
}

/// A file of the console by its path, such as `index.html`; the empty path is the entry page.
pub fn console(path: &str) -> Option<Asset> {
    find::<Console>(path)
}

/// A file of the chat by its path; the empty path is its entry page, if it has one.
pub fn widget(path: &str) -> Option<Asset> {
    find::<Widget>(path)
}

/// Whether this binary holds the console itself and not the page that says how to build it.
pub fn console_is_built() -> bool {
    env!("CONSOLE_IS_BUILT") == "true"
}

/// Whether this binary holds the chat itself.
pub fn widget_is_built() -> bool {
    env!("WIDGET_IS_BUILT") == "true"
}

fn find<E: Embed>(path: &str) -> Option<Asset> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = if path.is_empty() { "index.html" } else { path };
    E::get(path).map(|file| asset(path, file))
}

fn asset(path: &str, file: EmbeddedFile) -> Asset {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mime = file.metadata.mimetype();
    let text = mime.starts_with("text/") || mime == "application/json" || mime == "image/svg+xml";
    Asset {
        mime: if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() },
        etag: format!("\"{hex}\""),
        immutable: path.starts_with("_app/immutable/") || path.starts_with("immutable/"),
        bytes: file.data,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Embed)]
    #[folder = "src/fixture"]
    struct Fixture;

    #[test]
    fn a_file_comes_with_its_type_and_its_caching() {
        #[track_caller]
        fn check(path: &str, mime: &str, immutable: bool) {
            let found = find::<Fixture>(path).unwrap();
            assert_eq!((found.mime.as_str(), found.immutable), (mime, immutable), "{path}");
            assert_eq!(found.etag.len(), 34, "{path}: {}", found.etag);
            assert!(!found.bytes.is_empty(), "{path}");
        }
        check("index.html", "text/html; charset=utf-8", false);
        check("/index.html", "text/html; charset=utf-8", false);
        check("", "text/html; charset=utf-8", false);
        check("/", "text/html; charset=utf-8", false);
        check("_app/immutable/entry.4f1c.js", "text/javascript; charset=utf-8", true);
    }

    #[test]
    fn entity_tags_follow_the_content() {
        let page = find::<Fixture>("index.html").unwrap();
        assert_eq!(page.etag, find::<Fixture>("").unwrap().etag);
        assert_ne!(page.etag, find::<Fixture>("_app/immutable/entry.4f1c.js").unwrap().etag);
    }

    #[test]
    fn no_path_leaves_the_embedded_files() {
        #[track_caller]
        fn check(path: &str) {
            assert_eq!(find::<Fixture>(path), None, "{path}");
        }
        check("../lib.rs");
        check("_app/../../lib.rs");
        check("_app/../index.html");
        check("//index.html");
        check("/etc/passwd");
        check("..\\lib.rs");
        check("%2e%2e/lib.rs");
        check("index.html\0");
        check("_app");
        check("missing.html");
    }

    #[test]
    fn the_entry_page_is_the_console_or_says_how_to_build_it() {
        let page = console("").unwrap();
        let text = std::str::from_utf8(&page.bytes).unwrap();
        assert_eq!(text.contains("Run <code>cargo xtask web</code>"), !console_is_built(), "{text}");
        let chat = widget("");
        let says_how = chat.is_some_and(|page| String::from_utf8_lossy(&page.bytes).contains("Run <code>cargo xtask web</code>"));
        assert_eq!(says_how, !widget_is_built());
    }
}
