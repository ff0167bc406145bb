//! Which addresses may be reached. By default only public ones; an operator may name hosts and ranges inside.

use reqwest::Url;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest address that is taken.
const LONGEST: usize = 2_000;

/// Hosts and ranges inside the operator's network that may be reached all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    hosts: Vec<String>,
    ranges: Vec<(IpAddr, u8)>,
}

impl Allow {
    /// From names (`hooks.internal`), addresses and ranges (`10.1.0.0/16`), separated by commas or blanks.
    ///
    /// # Errors
    /// Which entry is wrong, and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut allow = Self::default();
        for entry in text.split([',', ' ']).map(str::trim).filter(|entry| !entry.is_empty()) {
            let (address, bits) = entry.split_once('/').map_or((entry, None), |(address, bits)| (address, Some(bits)));
            match (address.trim_matches(['[', ']']).parse::<IpAddr>(), bits) {
                (Ok(ip), bits) => {
                    let all = if ip.is_ipv4() { 32 } else { 128 };
                    let bits = bits.map_or(Ok(all), str::parse).ok().filter(|bits| *bits <= all);
                    allow.ranges.push((ip, bits.ok_or_else(|| format!("`{entry}` is no range such as 10.1.0.0/16"))?));
                }
                (Err(_), None) if is_name(entry) => allow.hosts.push(entry.to_ascii_lowercase()),
                (Err(_), _) => return Err(format!("`{entry}` is neither a host's name nor an address nor a range such as 10.1.0.0/16")),
            }
        }
        Ok(allow)
    }

    /// Whether a host is named.
    pub fn names(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Why this address of this host may not be reached; none where it may.
    pub fn refuses(&self, host: &str, ip: IpAddr) -> Option<String> {
        if self.names(host) || self.ranges.iter().any(|(range, bits)| within(ip, *range, *bits)) {
            return None;
        }
        let what = inside(ip)?;
        let shown = if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() { String::new() } else { format!("`{host}` has the address ") };
        Some(format!("{shown}{ip}, which is {what}. Only public addresses are called, and those that the operator names with --webhook-allow."))
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= 253
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

fn within(ip: IpAddr, range: IpAddr, bits: u8) -> bool {
    match (plain(ip), plain(range)) {
        (IpAddr::V4(ip), IpAddr::V4(range)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0);
            u32::from(ip) & mask == u32::from(range) & mask
        }
        (IpAddr::V6(ip), IpAddr::V6(range)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            u128::from(ip) & mask == u128::from(range) & mask
        }
        _ => false,
    }
}

/// An IPv4 address that is written as IPv6 is that IPv4 address.
fn plain(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// What kind of address this is, where it is not a public one.
fn inside(ip: IpAddr) -> Option<&'static str> {
    match plain(ip) {
        IpAddr::V4(four) => inside_four(four),
        IpAddr::V6(six) => inside_six(six),
    }
}

fn inside_four(ip: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        (169, 254, 169) => Some("where clouds keep credentials of their machines"),
        (0, ..) => Some("not the address of another machine"),
        (127, ..) => Some("this machine itself"),
        (10, ..) | (192, 168, _) | (172, 16..=31, _) => Some("in a private network"),
        (100, 64..=127, _) => Some("in a provider's own network"),
        (169, 254, _) => Some("in the local network"),
        (224..=239, ..) => Some("for many receivers at once"),
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18..=19, _) | (198, 51, 100) | (203, 0, 113) | (240..=255, ..) => Some("reserved"),
        _ => None,
    }
}

fn inside_six(ip: Ipv6Addr) -> Option<&'static str> {
    let [a, b, c, d, .., y, z] = ip.segments();
    let four = |high: u16, low: u16| inside_four(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match (a, b) {
        _ if ip.is_loopback() => Some("this machine itself"),
        _ if ip.is_unspecified() => Some("not the address of another machine"),
        (0xfc00..=0xfdff, _) => Some("in a private network"),
        (0xfe80..=0xfeff, _) => Some("in the local network"),
        (0xff00..=0xffff, _) => Some("for many receivers at once"),
        // An IPv4 address in another dress leads where that address leads.
        (0x0064, 0xff9b) if c == 0 && d == 0 => four(y, z),
        (0x2002, _) => four(b, c),
        (0x2001, 0 | 0xdb8) => Some("reserved"),
        (0x2000..=0x3fff, _) => None,
        _ => Some("reserved"),
    }
}

/// The address as it is kept, or what is wrong with it. Whether its host may be reached is asked when it is known who that is.
///
/// # Errors
/// A sentence that says what would be right.
pub fn checked(text: &str) -> Result<Url, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("An address is needed, such as https://hooks.example.org/hypercare.".into());
    }
    if text.len() > LONGEST {
        return Err(format!("An address has at most {LONGEST} characters."));
    }
    let url = Url::parse(text).map_err(|_| format!("`{text}` is no address, such as https://hooks.example.org/hypercare."))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(format!("`{}:` is neither https: nor http:.", url.scheme()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(format!("`{text}` names no host."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("An address holds no name and no password: receivers know us by the signature.".into());
    }
    if url.fragment().is_some() {
        return Err("What stands behind # is never sent: leave it out.".into());
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(allow: &str, host: &str, ip: &str, says: Option<&str>) {
        let refused = Allow::parse(allow).unwrap().refuses(host, ip.parse().unwrap());
        match (&refused, says) {
            (None, None) => {}
            (Some(why), Some(says)) => assert!(why.contains(says), "{ip}: {why}"),
            (found, _) => panic!("{ip}: {found:?}"),
        }
    }

    #[test]
    fn only_public_addresses_are_reached() {
        for (ip, says) in [
            ("93.184.216.34", None),
            ("8.8.8.8", None),
            ("172.15.0.1", None),
            ("172.32.0.1", None),
            ("100.63.255.255", None),
            ("2606:4700::1111", None),
            ("127.0.0.1", Some("this machine")),
            ("127.8.8.8", Some("this machine")),
            ("0.0.0.0", Some("not the address")),
            ("10.0.0.1", Some("private")),
            ("172.16.0.1", Some("private")),
            ("172.31.255.255", Some("private")),
            ("192.168.1.1", Some("private")),
            ("100.64.0.1", Some("provider")),
            ("100.127.255.255", Some("provider")),
            ("169.254.1.1", Some("local")),
            ("169.254.169.254", Some("credentials")),
            ("224.0.0.1", Some("many receivers")),
            ("239.255.255.250", Some("many receivers")),
            ("255.255.255.255", Some("reserved")),
            ("192.0.2.1", Some("reserved")),
            ("198.18.0.1", Some("reserved")),
            ("::1", Some("this machine")),
            ("::", Some("not the address")),
            ("::ffff:127.0.0.1", Some("this machine")),
            ("::ffff:10.0.0.1", Some("private")),
            ("::ffff:8.8.8.8", None),
            ("::7f00:1", Some("reserved")),
            ("64:ff9b::a00:1", Some("private")),
            ("64:ff9b::808:808", None),
            ("2002:7f00:1::", Some("this machine")),
            ("fe80::1", Some("local")),
            ("fec0::1", Some("local")),
            ("fd00:ec2::254", Some("private")),
            ("fc00::1", Some("private")),
            ("ff02::1", Some("many receivers")),
            ("2001:db8::1", Some("reserved")),
            ("2001::1", Some("reserved")),
            ("100::1", Some("reserved")),
        ] {
            check("", "hooks.example.org", ip, says);
        }
    }

    #[test]
    fn an_operator_names_what_may_be_reached_inside() {
        let allow = "hooks.internal, 10.1.0.0/16 192.168.7.7,fd00::/8";
        check(allow, "hooks.internal", "10.9.9.9", None);
        check(allow, "HOOKS.internal.", "127.0.0.1", None);
        check(allow, "other.internal", "10.1.255.1", None);
        check(allow, "other.internal", "::ffff:10.1.2.3", None);
        check(allow, "other.internal", "10.2.0.1", Some("`other.internal` has the address 10.2.0.1"));
        check(allow, "192.168.7.7", "192.168.7.7", None);
        check(allow, "192.168.7.8", "192.168.7.8", Some("--webhook-allow"));
        check(allow, "six.internal", "fd12::1", None);
        check("0.0.0.0/0", "any", "127.0.0.1", None);
        check("0.0.0.0/0", "any", "::1", Some("this machine"));
        for wrong in ["10.0.0.0/33", "10.0.0.0/x", "a b/8", "http://hooks", "::1/129"] {
            assert!(Allow::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_have_a_shape() {
        #[track_caller]
        fn check(text: &str, says: Option<&str>) {
            match (checked(text), says) {
                (Ok(_), None) => {}
                (Err(why), Some(says)) => assert!(why.contains(says), "{text}: {why}"),
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
        check(" https://hooks.example.org/in?room=7 ", None);
        check("http://hooks.example.org:8080", None);
        check("", Some("is needed"));
        check("hooks", Some("no address"));
        check("file:///etc/passwd", Some("neither https"));
        check("gopher://x", Some("neither https"));
        check("https://me:secret@hooks.example.org", Some("no password"));
        check("https://hooks.example.org/#x", Some("#"));
        check(&format!("https://a.example/{}", "x".repeat(2_000)), Some("at most"));
        // Other ways to write an address inside are the same address.
        for odd in ["http://0x7f.1/", "http://2130706433/", "http://127.1/"] {
            assert_eq!(checked(odd).unwrap().host_str(), Some("127.0.0.1"), "{odd}");
        }
    }
}
