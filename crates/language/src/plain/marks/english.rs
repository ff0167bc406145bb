//! What is looked for in English.

use super::{Asked, Found, next, passive, questions, tone, wording};
use crate::plain::glossary::Glossary;

pub(super) fn mark(asked: &Asked<'_>, glossary: &Glossary<'_>, found: &mut Found<'_>) {
    passive::mark(asked, found, passive::english);
    wording::mark(asked, glossary, found);
    tone::mark(asked, found);
    questions::mark(asked, found, &questions::ENGLISH, &next::ENGLISH.closing);
    next::mark(asked, found, &next::ENGLISH);
}
