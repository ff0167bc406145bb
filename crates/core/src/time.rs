//! Instants and spans: microseconds on the UTC line. Zones and calendars exist only in
//! [`crate::calendar`] and at the edges.

use std::fmt;
use std::ops::{Add, Sub};

/// An instant: microseconds since 1970-01-01T00:00:00Z. RFC 3339 in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

/// A length of time in microseconds, possibly negative. Whole seconds in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span(pub i64);

const SECOND: i64 = 1_000_000;

impl Timestamp {
    /// From whole seconds since the epoch.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs * SECOND)
    }
    /// Parses RFC 3339 with an offset (`2026-11-17T09:00:00+01:00`, `…Z`).
    ///
    /// # Errors
    /// A sentence that says what form is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.parse::<jiff::Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| format!("`{text}` is not a time with an offset, such as 2026-11-17T09:00:00Z"))
    }
    /// The same instant as the calendar library sees it; values outside its range are clamped.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX })
    }
    /// From the calendar library's instant, truncated to microseconds.
    pub fn from_jiff(t: jiff::Timestamp) -> Self {
        Self(t.as_microsecond())
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// From whole seconds.
    pub const fn secs(n: i64) -> Self {
        Self(n * SECOND)
    }
    /// From whole minutes.
    pub const fn mins(n: i64) -> Self {
        Self::secs(n * 60)
    }
    /// From whole hours.
    pub const fn hours(n: i64) -> Self {
        Self::mins(n * 60)
    }
    /// From days of exactly 24 hours.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// In seconds, with fraction.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / SECOND as f64
    }
    /// In minutes, with fraction.
    pub fn as_mins_f64(self) -> f64 {
        self.as_secs_f64() / 60.0
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;
    fn add(self, d: Span) -> Self {
        Self(self.0.saturating_add(d.0))
    }
}
impl Sub<Span> for Timestamp {
    type Output = Self;
    fn sub(self, d: Span) -> Self {
        Self(self.0.saturating_sub(d.0))
    }
}
impl Sub for Timestamp {
    type Output = Span;
    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}
impl Add for Span {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self(self.0.saturating_add(o.0))
    }
}
impl Sub for Span {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self(self.0.saturating_sub(o.0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_jiff().fmt(f)
    }
}
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_jiff().fmt(f)
    }
}

/// As a person says it: "45 s", "12 min", "3 h 20 min", "2 d 4 h".
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let secs = self.0.unsigned_abs() / SECOND as u64;
        let (days, hours, mins) = (secs / 86_400, secs / 3600 % 24, secs / 60 % 60);
        match (days, hours, mins) {
            (0, 0, 0) => write!(f, "{secs} s"),
            (0, 0, m) => write!(f, "{m} min"),
            (0, h, 0) => write!(f, "{h} h"),
            (0, h, m) => write!(f, "{h} h {m} min"),
            (d, 0, _) => write!(f, "{d} d"),
            (d, h, _) => write!(f, "{d} d {h} h"),
        }
    }
}
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}us", self.0)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
impl serde::Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_f64(self.as_secs_f64())
    }
}
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        f64::deserialize(d).map(|secs| Self((secs * SECOND as f64).round() as i64))
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{KnownFormat, Schema, SchemaFormat, Type};
    use utoipa::openapi::{ObjectBuilder, RefOr};
    impl utoipa::PartialSchema for super::Timestamp {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into()
        }
    }
    impl utoipa::ToSchema for super::Timestamp {}
    impl utoipa::PartialSchema for super::Span {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new().schema_type(Type::Number).description(Some("Seconds.")).into()
        }
    }
    impl utoipa::ToSchema for super::Span {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_survives_json() {
        let t = Timestamp::parse("2026-11-17T09:00:00.25+01:00").unwrap();
        let json = serde_json::to_string(&t).unwrap();
        assert_eq!(json, "\"2026-11-17T08:00:00.25Z\"");
        assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), t);
        assert!(Timestamp::parse("2026-11-17 09:00").unwrap_err().contains("offset"));
    }

    #[test]
    fn a_span_reads_like_speech() {
        fn check(span: Span, expected: &str) {
            assert_eq!(span.to_string(), expected);
        }
        check(Span::secs(45), "45 s");
        check(Span::mins(12), "12 min");
        check(Span::mins(200), "3 h 20 min");
        check(Span::hours(52), "2 d 4 h");
        check(Span::mins(-5), "-5 min");
    }
}
