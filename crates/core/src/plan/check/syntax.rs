//! TOML syntax: every error the parser can find in one pass, in words.

use super::findings::Findings;
use crate::plan::ProblemSeverity;
use toml::Spanned;
use toml::de::DeTable;

/// The document, if its syntax is right.
pub(super) fn parse<'t>(text: &'t str, found: &mut Findings<'_>) -> Option<Spanned<DeTable<'t>>> {
    let (document, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let list_stays_open = errors.iter().any(|error| error.message().starts_with("unclosed array"));
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let fault = Fault::of(error.message(), text.get(span.clone()).unwrap_or(""), list_stays_open);
        let (message, help) = fault.in_words(error.message());
        found.at_span(ProblemSeverity::Error, "", &span, message.to_owned(), help.map(str::to_owned));
        // What follows is read as part of the text or list, so it would only repeat this one.
        if matches!(fault, Fault::OpenText | Fault::OpenList) {
            break;
        }
    }
    errors.is_empty().then_some(document)
}

/// The slips that people make most, recognised from the parser's words; an update of the parser that
/// changes them shows in the tests and costs the help only.
#[derive(Clone, Copy)]
enum Fault {
    NoValue,
    BareText,
    Twice,
    OpenText,
    OpenList,
    Other,
}

impl Fault {
    fn of(message: &str, at: &str, list_stays_open: bool) -> Self {
        let begins = |words: &str| message.starts_with(words);
        let bare = begins("string values must be quoted") || begins("invalid boolean") || begins("invalid float, expected `nan`");
        match () {
            () if begins("unclosed array") || (list_stays_open && begins("missing comma")) => Self::OpenList,
            () if bare && at.is_empty() => Self::NoValue,
            () if bare => Self::BareText,
            () if begins("duplicate key") => Self::Twice,
            () if begins("invalid basic string") && message.ends_with("expected `\"`") => Self::OpenText,
            () if begins("invalid literal string") && message.ends_with("expected `'`") => Self::OpenText,
            () => Self::Other,
        }
    }

    fn in_words(self, message: &str) -> (&str, Option<&'static str>) {
        match self {
            Self::NoValue => ("there is no value after `=`", Some("write text in quotes, a number, true or false, or a list in [ ]")),
            Self::BareText => ("text must stand in quotes", Some("write it as key = \"text\"")),
            Self::Twice => (
                "this stands twice",
                Some("each key and each [section] can stand once; a list of sections has double brackets, such as [[scenarios]]"),
            ),
            Self::OpenText => ("the text is not closed", Some("end it with a quote; text over several lines stands in triple quotes")),
            Self::OpenList => ("the list is not closed before this", Some("end it with `]`")),
            Self::Other => (message, None),
        }
    }
}
