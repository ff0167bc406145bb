//! What people call a value that rises: a scenario by its name, an issue by its title; never by key or id.

use hypercare_core::fields::DIMENSION;
use hypercare_core::issue::Issue;
use hypercare_core::watch::DESK;
use hypercare_core::window::Window;
use hypercare_store::queries::windows;
use hypercare_store::{Query, StoreError, load};

/// The plans that name scenarios, the newest first.
pub(super) struct Names(Vec<Window>);

impl Names {
    /// As they are now.
    pub(super) async fn read(q: &mut impl Query) -> Result<Self, StoreError> {
        windows::list(q).await.map(Self)
    }
    /// Of one value.
    pub(super) async fn of(&self, q: &mut impl Query, dimension: &str, value: &str) -> Result<String, StoreError> {
        Ok(match dimension {
            DESK => "The whole desk".to_owned(),
            "scenario" => self.0.iter().find_map(|w| w.plan.scenario(value)).map_or_else(|| value.to_owned(), |s| s.name.clone()),
            "issue" => {
                let issue = match value.parse::<i64>() {
                    Ok(id) => load::<Issue>(q, id).await?,
                    Err(_) => None,
                };
                issue.map_or_else(|| "An issue".to_owned(), |i| i.title)
            }
            _ => match dimension.strip_prefix(DIMENSION) {
                Some(key) => format!("{}: {value}", self.field(key)),
                None => format!("{} {value}", capital(dimension)),
            },
        })
    }
    /// What the newest plan that names it calls a field; its key as words where none does any more.
    fn field(&self, key: &str) -> String {
        let named = self.0.iter().flat_map(|w| &w.plan.fields).find(|f| f.key == key);
        named.map_or_else(|| capital(&key.replace('_', " ")), |f| f.name.clone())
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
