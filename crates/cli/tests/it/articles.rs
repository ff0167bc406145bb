//! `hypercare articles`: a folder in, the same folder out, and an export of Help Scout.

use crate::support::{Done, Installation, Server, on_both, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000000000000000000000000000000000";

fn put(root: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// All files below a folder: their paths, and what is in them.
fn all(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, at: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

async fn ask(at: &Installation, token: &str, args: &[&str]) -> Done {
    let mut command = at.remotely(args);
    command.env("HYPERCARE_TOKEN", token);
    run(command, "").await
}

on_both!(a_folder_goes_in_once_and_comes_out_the_same, |at| {
    let server = Server::start(&at).await;
    let token = at.token_for(&["read", "answers:draft", "answers:approve"]).await;
    let folder = at.file("in");
    put(
        &folder,
        "plans/new/seats.md",
        "---\ntitle: Seats\nrelated: [vat]\n---\n\nSee [VAT](../../billing/tax/vat.md).\n\n![A seat](../pictures/seat.png)\n",
    );
    put(&folder, "plans/new/seats.de.md", "---\ntitle: Plätze\nslug: plaetze\n---\n\nEin Platz.\n");
    put(&folder, "billing/tax/vat.md", "---\ntitle: VAT\nsummary: About tax\nkeywords: [tax, net]\nredirects: [tax]\n---\n\nNet.\n");
    put(&folder, "team/how/rules.md", "---\ntitle: Rules\naudience: internal\n---\n\nOurs.\n");
    put(&folder, "team/how/later.md", "---\ntitle: Later\nstate: draft\n---\n\nNot yet.\n");
    put(&folder, "plans/pictures/seat.png", PNG);
    put(&folder, "README.md", "About this folder.");
    let dir = folder.display().to_string();
    let import = |more: &'static [&'static str]| {
        let (dir, token) = (dir.clone(), token.clone());
        let at = &at;
        async move {
            let args: Vec<&str> = ["articles", "import", &dir].into_iter().chain(more.iter().copied()).collect();
            ask(at, &token, &args).await
        }
    };
    assert!(import(&["--dry-run"]).await.good().contains("5 texts and 1 pictures are ready"));
    assert_eq!(server.status("/help/en/articles/seats").await, Some(404), "a dry run sends nothing");
    let first = import(&["--json"]).await;
    first.good();
    assert_eq!((&first.json()["made"], &first.json()["refused"]), (&serde_json::json!(4), &serde_json::json!([])), "{first:?}");
    let again = import(&["--json"]).await;
    assert_eq!((&again.json()["same"], &again.json()["changed"], &again.json()["made"]), (&5.into(), &0.into(), &0.into()), "{again:?}");
    let page = server.text("/help/en/articles/seats").await;
    assert!(page.contains("/help/en/articles/vat\"") && page.contains("<img loading=\"lazy\" src=\"/help/images/"), "{page}");

    let (one, two) = (at.file("one"), at.file("two"));
    let said = ask(&at, &token, &["articles", "export", &one.display().to_string()]).await;
    assert!(said.good().contains("5 texts and 1 pictures"), "{said:?}");
    let full = ask(&at, &token, &["articles", "export", &one.display().to_string()]).await;
    full.bad(1, &["is not empty"]);
    // What came out goes in again and changes nothing; and comes out the same.
    let back = ask(&at, &token, &["articles", "import", &one.display().to_string(), "--json"]).await;
    assert_eq!((&back.json()["same"], &back.json()["changed"]), (&5.into(), &0.into()), "{back:?}");
    ask(&at, &token, &["articles", "export", &two.display().to_string()]).await.good();
    assert_eq!(all(&one), all(&two));
    let names: Vec<String> = all(&one).into_keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(names, ["billing/tax/vat.md", "plans/new/seats.de.md", "plans/new/seats.md", "team/how/later.md", "team/how/rules.md"]);
});

on_both!(an_export_of_help_scout_is_read, |at| {
    let server = Server::start(&at).await;
    let token = at.token_for(&["read", "answers:draft", "answers:approve"]).await;
    let folder = at.file("scout");
    put(
        &folder,
        "collections.json",
        r#"{"collections":{"page":1,"pages":1,"count":2,"items":[{"id":"c1","slug":"guides","name":"Guides","visibility":"public","order":1},{"id":"c2","slug":"team","name":"Team","visibility":"private"}]}}"#,
    );
    put(&folder, "categories.json", r#"{"categories":{"items":[{"id":"k1","slug":"first-steps","collectionId":"c1","name":"First steps"}]}}"#);
    put(
        &folder,
        "articles.json",
        r#"{"articles":{"items":[{"id":"a1","number":1,"collectionId":"c1","slug":"sign-up","name":"Sign up","status":"published"}]}}"#,
    );
    put(
        &folder,
        "a1.json",
        r#"{"article":{"id":"a1","number":1,"collectionId":"c1","slug":"sign-up","status":"published","name":"Sign up","text":"<p>Open the <b>page</b>.</p><img src=\"https://cdn.example/assets/step.png\"><img src=\"https://cdn.example/assets/gone.png\">","categories":["k1"],"related":["a2"],"keywords":["register"]}}"#,
    );
    put(
        &folder,
        "a2.json",
        r#"{"article":{"id":"a2","collectionId":"c2","slug":"rules","status":"notpublished","name":"Rules","text":"<ul><li>One</li></ul>","categories":[]}}"#,
    );
    put(&folder, "assets/step.png", PNG);
    let dir = folder.display().to_string();
    let done = ask(&at, &token, &["articles", "import", &dir, "--from", "helpscout"]).await;
    let said = done.good();
    assert!(said.contains("2 texts: 2 made") && said.contains("no file `gone.png`"), "{said}");
    let page = server.text("/help/en/articles/sign-up").await;
    assert!(page.contains("Open the <strong>page</strong>") && page.contains("/help/en/guides/first-steps"), "{page}");
    assert_eq!(server.status("/help/en/articles/rules").await, Some(404));
    let again = ask(&at, &token, &["articles", "import", &dir, "--from", "helpscout"]).await;
    assert!(again.good().contains("2 as they were"), "{again:?}");
});

on_both!(what_is_wrong_is_named_and_nothing_is_sent, |at| {
    let server = Server::start(&at).await;
    let token = at.token_for(&["read", "answers:draft", "answers:approve"]).await;
    let folder = at.file("wrong");
    put(&folder, "a/b/good.md", "# Good\n\nFine.\n");
    put(&folder, "a/b/bad.md", "---\ntitle: Bad\ncolour: red\n---\n");
    put(&folder, "a/c/good.md", "# The same key\n");
    put(&folder, "a/b/pictures.md", "# Pictures\n\n![x](../../../outside.png)\n");
    let dir = folder.display().to_string();
    let done = ask(&at, &token, &["articles", "import", &dir]).await;
    done.bad(
        1,
        &[
            "Nothing was taken over",
            "a/b/bad.md: `colour` in its head is not known",
            "another file has the key `good`",
            "no picture `../../../outside.png`",
        ],
    );
    assert_eq!(server.status("/help/en/articles/good").await, Some(404));
    ask(&at, &token, &["articles", "import", &at.file("nowhere").display().to_string()]).await.bad(1, &["cannot be read"]);
    // Without the right to publish it says which one.
    let reader = at.token_for(&["read"]).await;
    fs::remove_dir_all(&folder).unwrap();
    put(&folder, "a/b/good.md", "# Good\n\nFine.\n");
    ask(&at, &reader, &["articles", "import", &dir]).await.bad(1, &["answers:approve"]);
});
