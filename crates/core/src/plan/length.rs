//! Lengths of time as people write them in a plan: `15 min`, `4 h`, `2 d`, `1 h 30 min`.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A non-negative length of time written in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(pub Span);

impl FromStr for Length {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a length of time: write a number and a unit, such as 15 min, 4 h, 2 d or 1 h 30 min");
        let mut total = 0_i64;
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(wrong());
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
            let number: i64 = rest[..digits].parse().map_err(|_| wrong())?;
            rest = rest[digits..].trim_start();
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let unit = match &rest[..end] {
                "s" | "sec" | "second" | "seconds" => 1,
                "m" | "min" | "minute" | "minutes" => 60,
                "h" | "hour" | "hours" => 3600,
                "d" | "day" | "days" => 86_400,
                "w" | "week" | "weeks" => 604_800,
                _ => return Err(wrong()),
            };
            total = number
                .checked_mul(unit)
                .and_then(|secs| total.checked_add(secs))
                .filter(|secs| *secs <= 315_360_000)
                .ok_or_else(|| format!("`{text}` is longer than ten years"))?;
            rest = rest[end..].trim_start();
        }
        Ok(Self(Span::secs(total)))
    }
}

/// Written so that it reads back to the same length: `1 d 2 h 30 min`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut secs = self.0.0 / 1_000_000;
        if secs == 0 {
            return f.write_str("0 min");
        }
        let mut first = true;
        for (unit, word) in [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")] {
            let n = secs / unit;
            if n > 0 {
                write!(f, "{}{n} {word}", if first { "" } else { " " })?;
                first = false;
                secs %= unit;
            }
        }
        Ok(())
    }
}

impl Serialize for Length {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
impl schemars::JsonSchema for Length {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Length".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A length of time: a number and a unit, such as 15 min, 4 h, 2 d, 1 h 30 min.",
            "examples": ["15 min", "4 h", "2 d"]
        })
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Length {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A length of time: a number and a unit, such as 15 min, 4 h, 2 d, 1 h 30 min."))
            .into()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Length {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_and_write() {
        fn check(text: &str, expected: Result<i64, &str>) {
            match (text.parse::<Length>(), expected) {
                (Ok(length), Ok(secs)) => {
                    assert_eq!(length.0, Span::secs(secs), "{text}");
                    assert_eq!(length.to_string().parse::<Length>(), Ok(length), "{text} does not round-trip");
                }
                (Err(error), Err(part)) => assert!(error.contains(part), "{text}: {error}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
        check("15 min", Ok(900));
        check("4h", Ok(14_400));
        check("1 h 30 min", Ok(5400));
        check("2 d", Ok(172_800));
        check("0 min", Ok(0));
        check("", Err("not a length"));
        check("15", Err("not a length"));
        check("15 parsecs", Err("not a length"));
        check("-4 h", Err("not a length"));
        check("99999999999999999999 h", Err("not a length"));
        check("9999999 d", Err("ten years"));
    }
}
