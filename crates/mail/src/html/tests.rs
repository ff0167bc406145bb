#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use super::{RemoteImages, active, safe, to_text};

#[track_caller]
fn check(html: &str, text: &str) {
    assert_eq!(to_text(html), text, "{html}");
}

#[test]
fn paragraphs_and_lines() {
    check("<p>One</p><p>Two</p>", "One\n\nTwo");
    check("<div>One</div><div>Two</div>", "One\nTwo");
    check("One<br>Two<br/><br/>Three", "One\nTwo\n\nThree");
    check("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo");
    check("a\n   b&nbsp;c <b> d</b>e", "a b c de");
    check("a <b>b</b>, c", "a b, c");
    check("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc");
    check("<h1>Plan</h1>Text<hr>End", "Plan\n\nText\n* * *\nEnd");
}

#[test]
fn lists_tables_links_and_images() {
    check("<ul><li>a<li>b<ol start=3><li>c<li>d</ol></ul>e", "- a\n- b\n  3. c\n  4. d\n\ne");
    check("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b");
    check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
    check("<a href='https://a.example/x'>here</a>.", "here <https://a.example/x>.");
    check("<a href='https://a.example/'>a.example</a>", "a.example");
    check("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example");
    check("<a href='javascript:evil()'>here</a><a href='#top'>up</a>", "hereup");
    check("<a href='https://a.example'><img alt='Logo  here'></a><img src=x>", "[Logo here] <https://a.example>");
}

#[test]
fn what_nobody_sees_is_left_out() {
    check("<html><head><title>T</title><style>p{}</style></head><body>a<script>b</script><!-- c --></body></html>", "a");
    check("<div style='display: none'>preview<div>more</div></div>a", "a");
    check("<script>if (a < b) { '</div>' }</script>a", "a");
    check("a<style>never closed", "a");
    check("<html><head><meta charset=utf-8><title>T</title><body><p>Please cancel.</p></body></html>", "Please cancel.");
    check("<p style='display:none'>pre<p>Visible<p>more</p>", "Visible\n\nmore");
    check("<select><option>a</select>b<textarea>c</textarea>", "b");
}

#[test]
fn quotations_are_marked() {
    check("Yes.<blockquote>Shall <p>we?</p><blockquote>Well</blockquote></blockquote>Good", "Yes.\n> Shall\n>\n> we?\n>> Well\nGood");
    check(
        "<div dir=ltr>Ja gern.</div><br><div class=gmail_quote><div class=gmail_attr>Am Mo., 30. Nov. 2026 um 10:02 Uhr schrieb Hilfe &lt;<a href='mailto:h@n.example'>h@n.example</a>&gt;:<br></div><blockquote>Sollen wir?</blockquote></div>",
        "Ja gern.\n\nAm Mo., 30. Nov. 2026 um 10:02 Uhr schrieb Hilfe <h@n.example>:\n> Sollen wir?",
    );
}

#[test]
fn an_indented_passage_is_no_quotation() {
    check(
        "Hi,<blockquote style='margin:0 0 0 40px; border: none; padding:0'>My address is Main St 1.</blockquote>Bye",
        "Hi,\nMy address is Main St 1.\nBye",
    );
}

#[test]
fn hostile_nesting_takes_linear_time() {
    let deep = format!("{}a", "<blockquote><div><ul><li>".repeat(10_000));
    assert!(to_text(&deep).contains('a'));
    let open = "<a href='https://a.example'>".repeat(10_000);
    assert_eq!(to_text(&open), "");
    assert_eq!(to_text(&"</blockquote></ul></a></p>".repeat(10_000)), "");
    assert_eq!(to_text(&"<".repeat(200_000)).len(), 200_000);
}

/// Cleaned, with images within the mail at `/i/…` and those from elsewhere left out.
fn cleaned(html: &str) -> super::Safe {
    safe(html, RemoteImages::Blocked, |id| (id == "known").then(|| format!("/i/{id}")))
}

#[test]
fn what_people_write_stays() {
    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(cleaned(html).html, expected);
    }
    check("<p align=\"center\">a <b>b</b></p>", "<p align=\"center\">a <b>b</b></p>");
    check("<span style=\"color: red; position: fixed\">a</span>", "<span style=\"color:red\">a</span>");
    check("<a href=\"https://a.example\">a</a>", "<a href=\"https://a.example\" rel=\"noopener noreferrer nofollow\">a</a>");
    check("<img src=\"cid:known\" alt=\"a\">", "<img src=\"/i/known\" alt=\"a\">");
    check("<img src=\"cid:unknown\" alt=\"a\">", "<img alt=\"a\">");
    check("<img src=\"cid\">", "<img>");
    check(
        "<p style=\"background:url(https://a.example/x); color: red; text-indent: -500px; font-family: Curlz\">a</p>",
        "<p style=\"color:red;font-family:Curlz\">a</p>",
    );
    check("<p style=\"display:none\">a</p>", "<p style=\"display:none\">a</p>");
    check("<p style=\"color:@import x\">a</p>", "<p>a</p>");
    let large = format!("<img src=\"data:image/png;base64,{}\">", "aB3/".repeat(5_000));
    check(&large, &large);
    check("<img src=\"data:image/png;base64,aaaa\">", "<img src=\"data:image/png;base64,aaaa\">");
}

#[test]
fn nothing_active_stays() {
    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(cleaned(html).html, expected, "{html}");
    }
    check("<script>evil()</script>a", "a");
    check("<img src=x onerror=evil()>", "<img>");
    check("<a href=\"javascript:evil()\">a</a>", "<a rel=\"noopener noreferrer nofollow\">a</a>");
    check("<a href=\" java\nscript:evil()\">a</a>", "<a rel=\"noopener noreferrer nofollow\">a</a>");
    check("<a href=\"data:text/html,evil\">a</a>", "<a rel=\"noopener noreferrer nofollow\">a</a>");
    check("<svg><script>evil()</script></svg>a", "a");
    check("<math><mtext><table><mglyph><style><img src=x onerror=evil()>", "");
    check("<iframe src=\"https://a.example\"></iframe><form action=\"https://a.example\">a<input></form>", "a");
    check("<div id=\"login\" name=\"x\" class=\"y\" data-a=\"b\">a</div>", "<div>a</div>");
    check("<div style=\"background:url(https://a.example/x)\">a</div>", "<div>a</div>");
    check("<img src=\"data:image/svg+xml,<svg onload=evil()>\">", "<img>");
    check("<base href=\"https://a.example\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>a", "a");
}

#[test]
fn images_from_elsewhere_wait_until_they_are_asked_for() {
    let html =
        "<img src=\"https://a.example/1.gif\"><img src=\"http://a.example/2.gif\" alt=\"b\"><img src=\"cid:known\"><img src=\"//a.example/3.gif\">";
    let found = cleaned(html);
    assert_eq!((found.html.as_str(), found.blocked_images), ("<img><img alt=\"b\"><img src=\"/i/known\"><img>", 3));
    let shown = safe(html, RemoteImages::Shown, |_| None);
    assert_eq!(
        (shown.html.contains("https://a.example/1.gif"), shown.html.contains("https://a.example/3.gif"), shown.blocked_images),
        (true, true, 0)
    );
}

#[test]
fn what_would_take_too_long_is_shown_as_text() {
    let newsletter = "<table><tr><td><p>a".repeat(60) + &"<p>text<br>".repeat(3_000);
    assert!(!cleaned(&newsletter).as_text);
    let comment = format!("<!--[if gte mso 9]><xml>{}</xml><![endif]--><p>a", "<w:a b=\"c\" d/>\n".repeat(3_000));
    assert_eq!(cleaned(&comment).html, "<p>a</p>");
    for hostile in [
        "<b><i><a href=x>".repeat(2_000),
        "<div>".repeat(20_000) + "a",
        "<a href=1><b></a>".repeat(20_000),
        "<x y='".repeat(20_000),
        "<style><!--</style>".to_owned() + &"<a href=x><b><i>".repeat(8_000),
        "<div></x>".repeat(9_000),
        format!("<a {}>", "b c/d ".repeat(40_000)),
    ] {
        let found = cleaned(&hostile);
        assert!(found.as_text || found.html.len() < 200_000, "{}", &found.html[..found.html.len().min(200)]);
    }
}

/// Hostile snippets of a public collection, where they exist: nothing active is left of any.
#[test]
fn the_public_collection_of_hostile_snippets() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/html-dompurify/expect.json");
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 200);
    for payload in cases.iter().filter_map(|case| case["payload"].as_str()) {
        let found = cleaned(payload).html;
        assert_eq!(active(&found), Vec::<String>::new(), "{payload}\n→ {found}");
        assert_eq!(active(&cleaned(&found).html), Vec::<String>::new(), "cleaned again: {payload}");
    }
}
