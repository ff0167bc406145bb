//! What the team chose for the help centre, all pages for customers have.

use super::{Centre, good, page};
use crate::desk::text;
use crate::support::client::{Answer, send};
use crate::support::on_both;
use base64::Engine;
use hypercare_core::Span;
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89";

/// The page's style sheet, which its policy must name: otherwise a browser shows the page without it.
fn style(answer: &Answer) -> &str {
    let html = good(answer);
    let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains(&format!("'sha256-{hash}'")) && policy.contains("img-src 'self'"), "{policy}");
    style
}

/// The levels of a page's headings, in order.
fn levels(html: &str) -> Vec<u32> {
    html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect()
}

#[tokio::test]
async fn the_status_page_has_the_colours_and_the_logo_of_the_help_centre() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let status = async || page(test, "/status/new-prices").await;
        let before = status().await;
        assert!(style(&before).contains("--accent:#2f5bd7") && !before.text.contains("<header>"), "{}", before.text);

        let logo = send(c.desk.agent.request(Method::POST, "/articles/images").body(PNG.to_vec())).await.good();
        let name = text(&logo["path"]).rsplit('/').next().unwrap().to_owned();
        let look =
            |accent: &str, dark: &str| json!({ "name": "Nordlicht", "languages": ["en", "de"], "accent": accent, "accent_dark": dark, "logo": name });
        // What nobody could read is refused for both.
        c.admin.put("/help-centre", &look("#ffee88", "#8fb0ff")).await.problem_at(422, "accent");
        c.admin.put("/help-centre", &look("#006644", "#113322")).await.problem_at(422, "accent_dark");
        assert_eq!(status().await.text, before.text);
        c.admin.put("/help-centre", &look("#006644", "#66ddaa")).await.good();
        let after = status().await;
        let sheet = style(&after);
        let ours = [sheet.rfind("--accent:#006644"), sheet.rfind("--accent:#66ddaa")];
        assert!(ours.iter().all(|place| *place > sheet.rfind("--accent:#8fb0ff")), "the chosen colours stand over ours: {sheet}");
        assert!(after.text.contains(&format!("<img src=\"/help/images/{name}\" alt=\"\">")), "{}", after.text);
        assert!(page(test, &format!("/help/images/{name}")).await.status.is_success());
        assert_ne!(before.header("etag"), after.header("etag"), "what browsers keep is not the old look");
        for path in ["/help/en", "/status/new-prices"] {
            assert!(style(&page(test, path).await).contains("--accent:#006644"), "{path}");
        }
        // Without one for the night ours is readable there, and without a logo there is none.
        c.admin.put("/help-centre", &json!({ "name": "Nordlicht", "languages": ["en"], "accent": "#006644" })).await.good();
        let plain = status().await;
        assert!(style(&plain).ends_with("{:root{--accent:#8fb0ff}}") && !plain.text.contains("<img"), "{}", plain.text);
    })
    .await;
}

#[tokio::test]
async fn no_level_of_headings_is_left_out_on_the_status_page() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let content = |more: serde_json::Value| {
            let next = (test.now() + Span::hours(1)).to_string();
            let mut all = json!({ "title": "Old prices", "happening": "Invoices show the old price.", "meaning": "You need not do anything.",
                "doing": "We send new ones.", "unknown": "How many.", "impact": "major", "state": "identified", "topics": ["price-higher"],
                "zone": "Europe/Berlin", "next_at": next });
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            all
        };
        for (title, state) in [("One", "identified"), ("Two", "monitoring")] {
            let new = json!({ "window": c.desk.window, "content": content(json!({ "title": title, "state": state })) });
            let drafted = c.desk.agent.post("/updates", &new).await.good();
            let (at, revision) = (format!("/updates/{}", text(&drafted["id"])), json!({ "revision": drafted["draft"]["revision"] }));
            c.desk.owner.post(&format!("{at}/approve"), &revision).await.good();
            c.desk.agent.post(&format!("{at}/publish"), &revision).await.good();
            test.forward(Span::hours(20)).await;
        }
        let answer = page(test, "/status/new-prices").await;
        let found = levels(good(&answer));
        assert!(found.len() > 15 && found[0] == 1, "{found:?}");
        assert!(found.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{found:?}");
    })
    .await;
}
