//! Fields that conversations carry besides what the product reads from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact about a conversation that the team names itself: place, product area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedField {
    /// Stable short name, one lower-case word: `place`, `product_area`. Programs and the chat's page set the field by it.
    pub key: String,
    /// Name for people: Place.
    pub name: String,
    /// The values it can have. Without any, it is free text of up to 100 characters.
    #[serde(default)]
    pub choices: Option<Vec<String>>,
    /// Whether early warnings watch its values. Say `false` for text that is different each time, such as an order number.
    #[serde(default = "yes")]
    pub watch: bool,
}

fn yes() -> bool {
    true
}

impl Default for PlannedField {
    fn default() -> Self {
        Self { key: String::new(), name: String::new(), choices: None, watch: true }
    }
}

impl PlannedField {
    /// The values it can have; none where it is free text.
    pub fn choices(&self) -> &[String] {
        self.choices.as_deref().unwrap_or_default()
    }
}
