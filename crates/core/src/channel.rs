//! Channels are all the same thing: each turns its input into one [`Inbound`] and delivers one
//! [`Outbound`]. Adding a channel touches one folder.

use crate::fields::Given;
use crate::{ConversationId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a conversation takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Live chat on the customer's page.
    Chat,
    /// E-mail.
    Email,
    /// The help-centre form; answered by e-mail.
    Form,
    /// Another program, through the API.
    Api,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Email, Self::Form, Self::Api];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Form => "form",
            Self::Api => "api",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }
}

/// Who a message came from, as far as the channel knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The channel's own name for this person (chat visitor token, API caller's key). With the channel it identifies a contact.
    pub key: String,
    /// E-mail address, if given.
    pub email: Option<String>,
    /// Display name, if given.
    pub name: Option<String>,
}

/// One message from a customer, whatever the channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Where it came in.
    pub channel: Channel,
    /// Who wrote.
    pub sender: Sender,
    /// The channel's id of this message; the same id on the same channel is stored once.
    pub external_id: Option<String>,
    /// The conversation it continues, when the channel knows.
    pub conversation: Option<ConversationId>,
    /// Subject line, where the channel has one.
    pub subject: Option<String>,
    /// What they wrote, as text.
    pub text: String,
    /// When they wrote it, as far as the channel knows; the server's clock otherwise.
    pub sent_at: Option<Timestamp>,
    /// Fields that were given with it. They are taken when it begins a conversation.
    #[serde(default)]
    pub fields: Given,
}

/// One message to a customer, ready for its channel to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    /// How to deliver it.
    pub channel: Channel,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Which message: the idempotency key of the delivery.
    pub message: MessageId,
    /// Address on that channel: an e-mail address, a chat visitor.
    pub to: String,
    /// Subject line, where the channel has one.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Other messages whose files go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<MessageId>,
}
