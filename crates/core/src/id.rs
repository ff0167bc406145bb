//! Identifiers: time-ordered 64-bit integers, made by the application, written as strings in JSON
//! (JavaScript numbers lose precision past 2^53).

use std::fmt;
use std::str::FromStr;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!(stringify!($name), "({})"), self.0) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> { s.parse().map(Self) }
        }
        impl From<$name> for i64 {
            fn from(id: $name) -> i64 { id.0 }
        }
        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(&self.0) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(|_| serde::de::Error::custom(format!("`{text}` is not an id: expected digits in a string")))
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-9]{1,19}$"))
                    .description(Some("An id: digits in a string."))
                    .into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}

id! {
    /// A person who signs in.
    UserId;
    /// A way to reach somebody of the team beside the console; 0 is the address that they sign in with.
    WayId;
    /// A customer.
    ContactId;
    /// One hypercare period for one change.
    WindowId;
    /// One thread with one customer on one channel.
    ConversationId;
    /// One message or note in a conversation.
    MessageId;
    /// A repeated question or fault, logged once.
    IssueId;
    /// An approved reply and its versions.
    AnswerId;
    /// A ruling by the shift owner.
    DecisionId;
    /// A conversation handed to others.
    EscalationId;
    /// One reply sent to every conversation of an issue.
    BroadcastId;
    /// An API token.
    TokenId;
    /// An early warning.
    WarningId;
    /// A message whose right answer was confirmed.
    OutcomeId;
    /// A mail as it came in.
    MailId;
    /// Something attached to a message.
    FileId;
    /// One action on many conversations.
    BulkId;
    /// A view of the inbox that somebody saved.
    SavedViewId;
    /// A matter that customers are told about, with all that was said of it.
    UpdateId;
    /// One thing that was said about a matter.
    EntryId;
    /// Somebody who gets updates by e-mail.
    SubscriberId;
    /// The daily review of one window on one day.
    ReviewId;
    /// Something that somebody does about a review's item.
    ActionId;
    /// One run of a cutover runbook, or a rehearsal of it.
    CutoverId;
    /// A customer as a company.
    AccountId;
    /// What is kept of calls to one account about one window.
    CallId;
    /// A short question to chosen customers.
    CheckInId;
    /// One customer in a check-in.
    AskedId;
    /// Addresses that were uploaded for a check-in.
    AddressListId;
    /// What customers, or the team, read in the help centre.
    ArticleId;
    /// A shelf of the help centre.
    CollectionId;
    /// A part of a collection.
    CategoryId;
    /// Something in a rota: an override, a temporary schedule, a request, a handover.
    RotaEntryId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_strings_in_json() {
        let id = ConversationId(9_007_199_254_740_993);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"9007199254740993\"");
        assert_eq!(serde_json::from_str::<ConversationId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<ConversationId>("\"abc\"").unwrap_err().to_string().contains("not an id"));
    }
}
