use crate::support::{client, on_both};
use reqwest::Method;

#[tokio::test]
async fn the_console_is_served_for_its_addresses_and_not_in_frames() {
    on_both(async |test| {
        let page = test.stranger().get("/").await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        let etag = page.header("etag").unwrap();
        let known = client::send(test.stranger().request(Method::GET, "/").header("if-none-match", etag)).await;
        assert_eq!((known.status.as_u16(), known.text.as_str()), (304, ""));
    })
    .await;
}

#[tokio::test]
async fn the_chat_may_be_shown_anywhere() {
    on_both(async |test| {
        let stranger = test.stranger();
        let redirect = stranger.get("/chat").await;
        assert_eq!((redirect.status.as_u16(), redirect.header("location")), (308, Some("/chat/")));
        let page = stranger.get("/chat/").await;
        if page.status == 200 {
            assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors *"));
            // Other sites import it as a module, which asks for this; nothing of the console may be read so.
            let frame = stranger.get("/chat/frame.js").await;
            assert_eq!((frame.status.as_u16(), frame.header("access-control-allow-origin")), (200, Some("*")));
            assert_eq!(stranger.get("/").await.header("access-control-allow-origin"), None);
        } else {
            assert!(!hypercare_web_assets::widget_is_built());
        }
    })
    .await;
}
