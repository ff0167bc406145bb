//! One signed request, and what came back of it.

use super::allow::Allow;
use super::sign;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::{Span, Timestamp};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// A request takes at most so long.
const LONGEST: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes that are kept of an answer.
const SHOWN: usize = 500;

/// Who knows the addresses of a name.
type Lookup = dyn Fn(String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> + Send + Sync;

/// The way out.
#[derive(Clone)]
pub struct Outward {
    client: Client,
    guard: Guard,
}

impl std::fmt::Debug for Outward {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outward").field("allow", &self.guard.allow).finish_non_exhaustive()
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its status.
    pub code: u16,
    /// Its first bytes, as text.
    pub beginning: String,
    /// How long it asks to be left alone.
    pub retry_after: Option<Span>,
}

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// The address may not be reached.
    #[error("{0}")]
    Refused(String),
}

/// Said by the resolver, found again in the error of the client.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
struct Inside(String);

/// Resolves names and refuses those that lead inside. The connection goes to what this returned.
#[derive(Clone)]
struct Guard {
    allow: Arc<Allow>,
    lookup: Arc<Lookup>,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let addresses = (guard.lookup)(host.clone()).await?;
            // One bad address condemns the name: which one would be used is up to chance.
            if let Some(why) = addresses.iter().find_map(|ip| guard.allow.refuses(&host, *ip)) {
                return Err(Box::new(Inside(why)) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

impl Outward {
    /// Reaches what `allow` allows, with the machine's own resolver.
    ///
    /// # Errors
    /// When no connection could ever be made, in words.
    pub fn new(allow: Allow) -> Result<Self, String> {
        Self::with_lookup(allow, |host| {
            async move { Ok(tokio::net::lookup_host((host.as_str(), 0)).await?.map(|address| address.ip()).collect()) }.boxed()
        })
    }

    /// The same with somebody else who knows the addresses of names.
    ///
    /// # Errors
    /// When no connection could ever be made, in words.
    pub fn with_lookup(
        allow: Allow,
        lookup: impl Fn(String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> + Send + Sync + 'static,
    ) -> Result<Self, String> {
        // Another crate of the workspace asks for TLS without saying whose; the first call says it, the others find it said.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard { allow: Arc::new(allow), lookup: Arc::new(lookup) };
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(guard.clone()))
            .connect_timeout(CONNECT)
            .timeout(LONGEST)
            .pool_max_idle_per_host(1)
            .user_agent("Hypercare")
            .build()
            .map_err(|why| format!("nothing can be sent: {why}"))?;
        Ok(Self { client, guard })
    }

    /// Why this address may not be entered; none where it may, also where its host is not known at the moment.
    pub async fn refuses(&self, url: &Url) -> Option<String> {
        if let Some(why) = self.literal(url) {
            return Some(why);
        }
        let host = url.host_str()?;
        let known = tokio::time::timeout(Duration::from_secs(2), (self.guard.lookup)(host.to_owned())).await;
        let addresses = known.ok()?.ok()?;
        addresses.iter().find_map(|ip| self.guard.allow.refuses(host, *ip))
    }

    /// The client asks nobody about an address in figures, so it is looked at here.
    fn literal(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let ip: IpAddr = host.trim_matches(['[', ']']).parse().ok()?;
        self.guard.allow.refuses(host, ip)
    }

    /// Sends one signed message. A redirect is an answer like any other and not followed.
    ///
    /// # Errors
    /// Why there was no answer.
    pub async fn post(&self, url: &str, secrets: &[&str], id: &str, now: Timestamp, body: String) -> Result<Answered, Unsent> {
        let url = super::checked(url).map_err(Unsent::Refused)?;
        if let Some(why) = self.literal(&url) {
            return Err(Unsent::Refused(why));
        }
        let seconds = now.0.div_euclid(1_000_000);
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", sign::signatures(secrets.iter().copied(), id, seconds, body.as_bytes()))
            .body(body);
        // The client's own limit ends each read; this one ends the whole, whatever the receiver does.
        match tokio::time::timeout(LONGEST, answer(request, now)).await {
            Ok(Ok(answered)) => Ok(answered),
            Ok(Err(why)) => Err(said(&why)),
            Err(_) => Err(Unsent::Later(slow())),
        }
    }
}

impl Outward {
    /// Sends JSON as it is, for receivers that know their own addresses by a secret in them, such as Slack's.
    ///
    /// # Errors
    /// Why there was no answer.
    pub async fn post_plain(&self, url: &str, body: String, now: Timestamp) -> Result<Answered, Unsent> {
        let url = super::checked(url).map_err(Unsent::Refused)?;
        if let Some(why) = self.literal(&url) {
            return Err(Unsent::Refused(why));
        }
        let request = self.client.post(url).header("content-type", "application/json").body(body);
        match tokio::time::timeout(LONGEST, answer(request, now)).await {
            Ok(Ok(answered)) => Ok(answered),
            Ok(Err(why)) => Err(said(&why)),
            Err(_) => Err(Unsent::Later(slow())),
        }
    }
}

fn slow() -> String {
    format!("No answer within {} s.", LONGEST.as_secs())
}

async fn answer(request: reqwest::RequestBuilder, now: Timestamp) -> Result<Answered, reqwest::Error> {
    let mut response = request.send().await?;
    let code = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|v| v.to_str().ok()).and_then(|v| wait(v, now));
    let mut bytes: Vec<u8> = vec![];
    while bytes.len() < SHOWN {
        // The status is what counts: a body that breaks off changes nothing.
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(SHOWN);
    let text = String::from_utf8_lossy(&bytes);
    let beginning = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    Ok(Answered { code, beginning, retry_after })
}

/// Seconds, or a date.
fn wait(value: &str, now: Timestamp) -> Option<Span> {
    if let Ok(seconds) = value.trim().parse::<i64>() {
        return (0..=10_000_000).contains(&seconds).then(|| Span::secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp().as_microsecond();
    Some(Timestamp(at) - now).filter(|span| span.0 > 0)
}

/// What went wrong, for the person who looks into it; without the address, which may hold a secret.
fn said(error: &reqwest::Error) -> Unsent {
    if error.is_timeout() {
        return Unsent::Later(slow());
    }
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut last = String::new();
    while let Some(one) = source {
        if let Some(Inside(why)) = one.downcast_ref::<Inside>() {
            return Unsent::Refused(why.clone());
        }
        last = one.to_string();
        source = one.source();
    }
    Unsent::Later(format!("It was not reached: {last}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

    /// Answers everything with these bytes; counts connections.
    async fn receiver(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let (port, count) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&count);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut buffer = [0; 4096];
                let _ = stream.read(&mut buffer).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        (port, count)
    }

    fn resolving(allow: &str, answers: Vec<Vec<&'static str>>) -> (Outward, Arc<AtomicUsize>) {
        let (asked, count) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&count);
        let outward = Outward::with_lookup(Allow::parse(allow).unwrap(), move |_| {
            let turn = asked.fetch_add(1, Ordering::SeqCst);
            counted.fetch_add(1, Ordering::SeqCst);
            let now = answers[turn.min(answers.len() - 1)].iter().map(|ip| ip.parse().unwrap()).collect();
            async move { Ok(now) }.boxed()
        });
        (outward.unwrap(), count)
    }

    async fn send(outward: &Outward, url: &str) -> Result<Answered, Unsent> {
        outward.post(url, &["whsec_c2VjcmV0"], "msg_1", NOW, "{}".into()).await
    }

    const FINE: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_called_too() {
        let (port, connections) = receiver(FINE).await;
        // Entered while it led to a public address; called when it leads here: the check of yesterday is worth nothing.
        let (outward, _) = resolving("", vec![vec!["93.184.216.34"], vec!["127.0.0.1"]]);
        let url = format!("http://hooks.example.org:{port}/");
        assert_eq!(outward.refuses(&Url::parse(&url).unwrap()).await, None);
        let refused = send(&outward, &url).await.unwrap_err();
        assert!(matches!(&refused, Unsent::Refused(why) if why.contains("`hooks.example.org` has the address 127.0.0.1")), "{refused:?}");
        // One public address beside it does not help.
        let (outward, _) = resolving("", vec![vec!["93.184.216.34", "10.0.0.1"]]);
        assert!(matches!(send(&outward, &url).await, Err(Unsent::Refused(_))));
        for literal in ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "0"] {
            let refused = send(&outward, &format!("http://{literal}:{port}/")).await;
            assert!(matches!(refused, Err(Unsent::Refused(_))), "{literal}: {refused:?}");
        }
        assert_eq!(connections.load(Ordering::SeqCst), 0, "nobody was called");
    }

    #[tokio::test]
    async fn the_connection_goes_to_the_address_that_was_checked() {
        let (port, connections) = receiver(FINE).await;
        let (outward, lookups) = resolving("hooks.internal", vec![vec!["127.0.0.1"], vec!["192.0.2.1"]]);
        assert_eq!(send(&outward, &format!("http://hooks.internal:{port}/")).await.unwrap().code, 204);
        assert_eq!((connections.load(Ordering::SeqCst), lookups.load(Ordering::SeqCst)), (1, 1), "resolved once, and used");
    }

    #[tokio::test]
    async fn redirects_are_answers_and_bodies_are_cut() {
        let (outward, _) = resolving("127.0.0.1", vec![vec!["127.0.0.1"]]);
        let (elsewhere, connections) = receiver(FINE).await;
        let moved: &'static str =
            Box::leak(format!("HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:{elsewhere}/\r\ncontent-length: 0\r\n\r\n").into_boxed_str());
        let (port, _) = receiver(moved).await;
        assert_eq!(send(&outward, &format!("http://127.0.0.1:{port}/")).await.unwrap().code, 307);
        assert_eq!(connections.load(Ordering::SeqCst), 0);
        let long: &'static str =
            Box::leak(format!("HTTP/1.1 503 Busy\r\nretry-after: 120\r\ncontent-length: 9000\r\n\r\n\u{1}{}", "x".repeat(3_000)).into_boxed_str());
        let (port, _) = receiver(long).await;
        let answered = send(&outward, &format!("http://127.0.0.1:{port}/")).await.unwrap();
        assert_eq!((answered.code, answered.beginning.len(), answered.retry_after), (503, SHOWN - 1, Some(Span::secs(120))));
        let (port, _) = receiver("").await;
        let gone = send(&outward, &format!("http://127.0.0.1:{port}/")).await;
        assert!(matches!(gone, Err(Unsent::Later(_))), "{gone:?}");
    }

    #[test]
    fn waiting_is_asked_for_in_seconds_or_by_date() {
        #[track_caller]
        fn check(value: &str, expected: Option<i64>) {
            assert_eq!(wait(value, NOW), expected.map(Span::secs), "{value}");
        }
        check("0", Some(0));
        check("120", Some(120));
        check("-1", None);
        check("soon", None);
        check("99999999999999", None);
        check("Tue, 14 Nov 2023 22:14:20 GMT", Some(60));
        check("Tue, 14 Nov 2023 22:12:20 GMT", None);
    }
}
