//! The shape of a map file, before its meaning is checked. Unknown keys are faults.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

type Words = Vec<Spanned<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMap {
    pub source: Spanned<String>,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub file: RawFile,
    pub time: RawTime,
    pub columns: Spanned<BTreeMap<Spanned<String>, Spanned<RawColumn>>>,
    pub status: Option<RawStatus>,
    pub severity: Option<RawSeverity>,
    #[serde(default)]
    pub rating: BTreeMap<String, Spanned<u8>>,
    #[serde(default)]
    pub dimensions: BTreeMap<Spanned<String>, Spanned<RawColumn>>,
    #[serde(default)]
    pub meaning: RawMeaning,
    #[serde(default)]
    pub fields: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawFile {
    pub format: Option<Spanned<String>>,
    pub delimiter: Option<Spanned<String>>,
    pub encoding: Option<Spanned<String>>,
    pub rows: Option<Spanned<String>>,
    pub missing: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTime {
    pub formats: Spanned<Words>,
    pub zone: Option<Spanned<String>>,
}

/// A column: its name, or its name and what is peculiar about it.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a column is its name, or { name = \"…\", optional = true, final = true, minutes = true, from = 1 }")]
pub(super) enum RawColumn {
    Name(String),
    Full(FullColumn),
}

/// One name, or several of which the first with a value counts.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a name, or a list of names")]
pub(super) enum RawNames {
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FullColumn {
    pub name: RawNames,
    #[serde(default)]
    pub optional: bool,
    #[serde(default, rename = "final")]
    pub last_word: bool,
    #[serde(default)]
    pub minutes: bool,
    #[serde(default)]
    pub from: u32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawStatus {
    pub untouched: Words,
    pub open: Words,
    pub waiting: Words,
    pub resolved: Words,
    pub closed: Words,
    pub other: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawSeverity {
    pub critical: Words,
    pub high: Words,
    pub normal: Words,
    pub low: Words,
    pub other: Option<Spanned<String>>,
}

/// Which dimensions mean something to the product.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawMeaning {
    pub topic: Words,
    pub scenario: Option<Spanned<String>>,
    pub category: Option<Spanned<String>>,
    pub yes: Vec<String>,
}
