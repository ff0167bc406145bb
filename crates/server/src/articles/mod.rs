//! The help centre: articles, the collections they stand in, and their public pages ([docs](../../../../docs/help-centre.md)).

mod centre;
mod collections;
mod export;
pub mod file;
mod find;
mod from_answer;
mod image;
mod import;
mod list;
mod markdown;
mod order;
mod pages;
mod preview;
pub mod public;
mod ratings;
mod revisions;
mod settings;
mod view;
mod write;

pub use centre::Centre;
pub use find::{Hit, Known, find};
pub(crate) use from_answer::{Shelf, from_answer};
pub use import::{Imported, ImportedArticle, Outcome, ShelfName, import};
pub use public::{listed, own_host};
pub use settings::change as change_settings;
pub use view::{ArticleLine, ArticleView};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_articles, write::begin_article))
        .routes(routes!(export::export_articles))
        .routes(routes!(import::import_articles))
        .routes(routes!(preview::preview_article))
        .routes(routes!(list::get_article, write::change_article))
        .routes(routes!(write::write_article))
        .routes(routes!(write::rename_article))
        .routes(routes!(write::publish_article))
        .routes(routes!(write::retire_article))
        .routes(routes!(revisions::list_revisions))
        .routes(routes!(revisions::get_revision))
        .routes(routes!(revisions::restore_revision))
        .routes(routes!(ratings::list_ratings))
        .routes(routes!(collections::list_collections, collections::make_collection))
        .routes(routes!(collections::change_collection, collections::remove_collection))
        .routes(routes!(collections::add_category))
        .routes(routes!(order::order_collections))
        .routes(routes!(order::order_categories))
        .routes(routes!(order::order_articles))
        .routes(routes!(collections::change_category, collections::remove_category))
        .routes(routes!(settings::help_settings, settings::change_help_settings))
        .routes(routes!(public::suggest_help))
        .merge(image::uploads())
}
