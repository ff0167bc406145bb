//! Where a request comes from.

use super::accept::Peer;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

/// The address of whoever sent the request, for limits and the log. A proxy is believed only when it runs
/// on this machine, and only the last hop that it added itself.
pub fn address(extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<Peer>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.0.ip());
    if !peer.is_loopback() {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|v| v.to_str().ok());
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

/// The same as an argument of a handler.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(address(&parts.extensions, &parts.headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::net::SocketAddr;

    #[test]
    fn a_proxy_is_believed_only_on_this_machine() {
        #[track_caller]
        fn check(peer: &str, forwarded: Option<&str>, expected: &str) {
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo(Peer(SocketAddr::new(peer.parse().unwrap(), 1))));
            let mut headers = HeaderMap::new();
            if let Some(forwarded) = forwarded {
                headers.insert("x-forwarded-for", HeaderValue::from_str(forwarded).unwrap());
            }
            assert_eq!(address(&extensions, &headers), expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
        }
        check("203.0.113.5", None, "203.0.113.5");
        check("203.0.113.5", Some("198.51.100.1"), "203.0.113.5");
        check("127.0.0.1", None, "127.0.0.1");
        check("127.0.0.1", Some("198.51.100.1"), "198.51.100.1");
        check("127.0.0.1", Some("10.0.0.1, 198.51.100.1"), "198.51.100.1");
        check("::1", Some("2001:db8::1"), "2001:db8::1");
        check("127.0.0.1", Some("nonsense"), "127.0.0.1");
    }
}
