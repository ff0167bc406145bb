//! Money: a whole number of the smallest unit of a currency. Nothing is ever rounded.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The greatest amount, in the smallest unit: a hundred thousand million euros. Sums of all accounts still fit.
pub const MOST: i64 = 10_000_000_000_000;

/// Currencies without a smaller unit, and those with a thousandth (ISO 4217); all others have a hundredth.
const WHOLE: [&str; 17] = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the smallest unit: cents, pence, yen.
    pub minor: i64,
    /// Three capital letters, as in ISO 4217.
    pub currency: String,
}

/// Digits behind the point.
pub fn digits(currency: &str) -> u32 {
    if WHOLE.contains(&currency) {
        0
    } else if THOUSANDTHS.contains(&currency) {
        3
    } else {
        2
    }
}

/// A currency as it is kept.
///
/// # Errors
/// What would be right.
pub fn currency(given: &str) -> Result<String, String> {
    let word = given.trim().to_ascii_uppercase();
    if word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(word);
    }
    Err(format!("`{}` is no currency: write its three letters, such as EUR.", given.trim()))
}

impl Money {
    /// Reads an amount such as `12000` or `12000.50`, exactly.
    ///
    /// # Errors
    /// What would be right. A comma is refused: in `1,250` it may stand for either.
    pub fn read(amount: &str, given: &str) -> Result<Self, String> {
        let currency = currency(given)?;
        let text = amount.trim();
        let places = digits(&currency);
        if text.contains([',', '\'', ' ']) {
            let example = if places == 0 { "12000" } else { "12000.50" };
            return Err(format!("`{text}` can be read in two ways: write the amount with a point and nothing between thousands, such as {example}."));
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let fits = !whole.is_empty() && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) && !text.ends_with('.');
        if !fits {
            return Err(format!("`{text}` is no amount: write digits, such as 12000 or 12000.50, without a sign or the currency."));
        }
        if part.len() > places as usize {
            return Err(match places {
                0 => format!("`{text}` is no amount of {currency}: it has no smaller unit."),
                n => format!("`{text}` has more than {n} digits behind the point."),
            });
        }
        let digits = format!("{whole}{part:0<width$}", width = places as usize);
        let minor = digits.parse::<i64>().ok().filter(|n| *n <= MOST);
        let minor = minor.ok_or_else(|| format!("`{text}` is more than an account can be worth here: at most {}.", plain(MOST, places)))?;
        Ok(Self { minor, currency })
    }

    /// The amount as text: `12000.50`.
    pub fn amount(&self) -> String {
        plain(self.minor, digits(&self.currency))
    }
}

/// An amount in the smallest unit as text, exactly.
pub fn plain(minor: i64, places: u32) -> String {
    if places == 0 {
        return minor.to_string();
    }
    let unit = 10_i64.pow(places);
    format!("{}.{:0width$}", minor / unit, (minor % unit).abs(), width = places as usize)
}

/// For people: thousands apart, and no hundredths where there are none, as in `26 400 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.amount();
        let (whole, rest) = amount.split_once('.').unwrap_or((&amount, ""));
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && digit.is_ascii_digit() && (whole.len() - i).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        if rest.bytes().any(|b| b != b'0') {
            write!(f, ".{rest}")?;
        }
        write!(f, " {}", self.currency)
    }
}
