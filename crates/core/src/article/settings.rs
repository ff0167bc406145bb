//! How the help centre looks and in which languages it speaks.

use super::normal_lang;
use crate::Refusal;
use serde::{Deserialize, Serialize};

/// Languages of a help centre, and of one article.
pub const LANGUAGES: usize = 10;
const LONGEST_NAME: usize = 60;
/// Least contrast of words with what is behind them (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;
/// What is behind the words, by day and by night: as the style of the pages has it.
const PAPER: [(f64, f64, f64); 2] = [(255.0, 255.0, 255.0), (22.0, 24.0, 28.0)];

/// How the help centre looks, in which languages it speaks and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CentreSettings {
    /// Its name, in the head of each page: at most 60 characters.
    pub name: String,
    /// Its languages; the first is what readers get whose own is not among them. At most ten.
    pub languages: Vec<String>,
    /// The colour of links and buttons on white, such as `#2f5bd7`: words in it must be readable.
    #[serde(default)]
    pub accent: Option<String>,
    /// The same at night, on nearly black.
    #[serde(default)]
    pub accent_dark: Option<String>,
    /// A picture that was uploaded for articles, shown beside the name: its name as the upload gave it.
    #[serde(default)]
    pub logo: Option<String>,
    /// Its own address, such as `https://help.example.com`: links and search engines are told this one, and on it nothing but the help centre
    /// is offered. Without one it is below the address of the desk.
    #[serde(default)]
    pub address: Option<String>,
}

impl Default for CentreSettings {
    fn default() -> Self {
        Self { name: "Help".into(), languages: vec!["en".into()], accent: None, accent_dark: None, logo: None, address: None }
    }
}

fn channels(colour: &str) -> Option<(f64, f64, f64)> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |from: usize| u8::from_str_radix(hex.get(from..from + 2)?, 16).ok().map(f64::from);
    Some((part(0)?, part(2)?, part(4)?))
}

/// Relative luminance (WCAG 2.2).
fn luminance((r, g, b): (f64, f64, f64)) -> f64 {
    let linear = |c: f64| {
        let c = c / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn contrast(one: (f64, f64, f64), other: (f64, f64, f64)) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn colour(field: &str, value: Option<String>, paper: (f64, f64, f64), behind: &str) -> Result<Option<String>, Refusal> {
    let Some(value) = value.map(|v| v.trim().to_lowercase()).filter(|v| !v.is_empty()) else { return Ok(None) };
    let rgb = channels(&value).ok_or_else(|| Refusal::field(field, "A colour is a # and six digits from 0 to f, such as #2f5bd7."))?;
    let found = contrast(rgb, paper);
    if found < LEAST_CONTRAST {
        let way = if behind == "white" { "darker" } else { "lighter" };
        return Err(Refusal::field(
            field,
            format!("Words in {value} on {behind} have a contrast of {found:.1} to 1, and at least {LEAST_CONTRAST} is readable. Take a {way} one."),
        ));
    }
    Ok(Some(value))
}

/// The host of an address such as `https://help.example.com`, with its port where it names one.
fn checked_address(address: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(address) = address.map(|a| a.trim().trim_end_matches('/').to_lowercase()).filter(|a| !a.is_empty()) else { return Ok(None) };
    let wrong = || Refusal::field("address", "Give https:// and a host, such as https://help.example.com, and nothing after it.");
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).ok_or_else(wrong)?;
    let fine = !host.is_empty()
        && host.len() <= 250
        && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':'))
        && !host.starts_with(['.', '-', ':']);
    if fine { Ok(Some(address)) } else { Err(wrong()) }
}

impl CentreSettings {
    /// The language of readers whose own is not among them.
    pub fn default_lang(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The host of its own address.
    pub fn host(&self) -> Option<&str> {
        self.address.as_deref().and_then(|address| address.split_once("://")).map(|(_, host)| host)
    }

    /// The same without needless blanks, or the first field that is wrong.
    ///
    /// # Errors
    /// A refusal of the field.
    pub fn tidy(self) -> Result<Self, Refusal> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Refusal::field("name", format!("Give it a name of 1 to {LONGEST_NAME} characters, such as the company's.")));
        }
        let mut languages: Vec<String> = vec![];
        for lang in &self.languages {
            let tag = normal_lang(lang).ok_or_else(|| Refusal::field("languages", format!("`{lang}` is no language tag, such as `en` or `de`.")))?;
            if !languages.contains(&tag) {
                languages.push(tag);
            }
        }
        if languages.is_empty() || languages.len() > LANGUAGES {
            return Err(Refusal::field("languages", format!("Name 1 to {LANGUAGES} languages, the one that most readers know first.")));
        }
        let accent = colour("accent", self.accent, PAPER[0], "white")?;
        let accent_dark = colour("accent_dark", self.accent_dark, PAPER[1], "nearly black")?;
        let logo = self.logo.map(|l| l.trim().to_owned()).filter(|l| !l.is_empty());
        if logo.as_ref().is_some_and(|l| l.len() > 100 || !l.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))) {
            return Err(Refusal::field("logo", "Upload a picture, and give the name that the upload gave it."));
        }
        Ok(Self { name, languages, accent, accent_dark, logo, address: checked_address(self.address)? })
    }
}
