//! One SQL text for both engines: constant statements with `$1` parameters, values and rows that both
//! drivers understand.

use crate::StoreError;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// A parameter of a statement.
#[derive(Clone, Debug)]
pub enum Val {
    /// BIGINT: ids, times, counts.
    Int(Option<i64>),
    /// TEXT.
    Text(Option<String>),
    /// BOOLEAN.
    Bool(bool),
    /// DOUBLE PRECISION.
    Real(Option<f64>),
    /// BYTEA.
    Bytes(Vec<u8>),
}

macro_rules! val_from {
    ($($from:ty => |$v:ident| $make:expr;)*) => {$(
        impl From<$from> for Val { fn from($v: $from) -> Self { $make } }
        impl From<Option<$from>> for Val {
            fn from(v: Option<$from>) -> Self { match v { Some($v) => $make, None => <$from as Null>::NULL } }
        }
    )*};
}
trait Null {
    const NULL: Val;
}
macro_rules! null {
    ($($t:ty => $null:expr;)*) => {$(impl Null for $t { const NULL: Val = $null; })*};
}
null! {
    i64 => Val::Int(None);
    String => Val::Text(None);
    &str => Val::Text(None);
    &String => Val::Text(None);
    f64 => Val::Real(None);
    hypercare_core::Timestamp => Val::Int(None);
    hypercare_core::UserId => Val::Int(None);
    hypercare_core::WayId => Val::Int(None);
    hypercare_core::ContactId => Val::Int(None);
    hypercare_core::WindowId => Val::Int(None);
    hypercare_core::ConversationId => Val::Int(None);
    hypercare_core::MessageId => Val::Int(None);
    hypercare_core::IssueId => Val::Int(None);
    hypercare_core::AnswerId => Val::Int(None);
    hypercare_core::DecisionId => Val::Int(None);
    hypercare_core::EscalationId => Val::Int(None);
    hypercare_core::CutoverId => Val::Int(None);
    hypercare_core::BroadcastId => Val::Int(None);
    hypercare_core::TokenId => Val::Int(None);
    hypercare_core::OutcomeId => Val::Int(None);
    hypercare_core::BulkId => Val::Int(None);
    hypercare_core::SavedViewId => Val::Int(None);
    hypercare_core::UpdateId => Val::Int(None);
    hypercare_core::EntryId => Val::Int(None);
    hypercare_core::SubscriberId => Val::Int(None);
    hypercare_core::CheckInId => Val::Int(None);
    hypercare_core::AskedId => Val::Int(None);
    hypercare_core::AddressListId => Val::Int(None);
    hypercare_core::ArticleId => Val::Int(None);
    hypercare_core::CollectionId => Val::Int(None);
    hypercare_core::CategoryId => Val::Int(None);
    hypercare_core::RotaEntryId => Val::Int(None);
    hypercare_core::ReviewId => Val::Int(None);
    hypercare_core::ActionId => Val::Int(None);
    hypercare_core::AccountId => Val::Int(None);
    hypercare_core::CallId => Val::Int(None);
}
val_from! {
    i64 => |v| Val::Int(Some(v));
    String => |v| Val::Text(Some(text(v)));
    &str => |v| Val::Text(Some(text(v.to_owned())));
    &String => |v| Val::Text(Some(text(v.clone())));
    f64 => |v| Val::Real(Some(v));
    hypercare_core::Timestamp => |v| Val::Int(Some(v.0));
    hypercare_core::UserId => |v| Val::Int(Some(v.0));
    hypercare_core::WayId => |v| Val::Int(Some(v.0));
    hypercare_core::ContactId => |v| Val::Int(Some(v.0));
    hypercare_core::WindowId => |v| Val::Int(Some(v.0));
    hypercare_core::ConversationId => |v| Val::Int(Some(v.0));
    hypercare_core::MessageId => |v| Val::Int(Some(v.0));
    hypercare_core::IssueId => |v| Val::Int(Some(v.0));
    hypercare_core::AnswerId => |v| Val::Int(Some(v.0));
    hypercare_core::DecisionId => |v| Val::Int(Some(v.0));
    hypercare_core::EscalationId => |v| Val::Int(Some(v.0));
    hypercare_core::CutoverId => |v| Val::Int(Some(v.0));
    hypercare_core::BroadcastId => |v| Val::Int(Some(v.0));
    hypercare_core::TokenId => |v| Val::Int(Some(v.0));
    hypercare_core::OutcomeId => |v| Val::Int(Some(v.0));
    hypercare_core::BulkId => |v| Val::Int(Some(v.0));
    hypercare_core::SavedViewId => |v| Val::Int(Some(v.0));
    hypercare_core::UpdateId => |v| Val::Int(Some(v.0));
    hypercare_core::EntryId => |v| Val::Int(Some(v.0));
    hypercare_core::SubscriberId => |v| Val::Int(Some(v.0));
    hypercare_core::CheckInId => |v| Val::Int(Some(v.0));
    hypercare_core::AskedId => |v| Val::Int(Some(v.0));
    hypercare_core::AddressListId => |v| Val::Int(Some(v.0));
    hypercare_core::ArticleId => |v| Val::Int(Some(v.0));
    hypercare_core::CollectionId => |v| Val::Int(Some(v.0));
    hypercare_core::CategoryId => |v| Val::Int(Some(v.0));
    hypercare_core::RotaEntryId => |v| Val::Int(Some(v.0));
    hypercare_core::ReviewId => |v| Val::Int(Some(v.0));
    hypercare_core::ActionId => |v| Val::Int(Some(v.0));
    hypercare_core::AccountId => |v| Val::Int(Some(v.0));
    hypercare_core::CallId => |v| Val::Int(Some(v.0));
}
/// NUL is no text: PostgreSQL cannot store it, so neither engine does.
fn text(mut v: String) -> String {
    if v.contains('\0') {
        v.retain(|c| c != '\0');
    }
    v
}
impl From<bool> for Val {
    fn from(v: bool) -> Self {
        Self::Bool(v)
    }
}
impl From<Vec<u8>> for Val {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(v)
    }
}
impl From<u32> for Val {
    fn from(v: u32) -> Self {
        Self::Int(Some(i64::from(v)))
    }
}

/// The parameters of a statement, in order.
macro_rules! vals {
    ($($v:expr),* $(,)?) => { vec![$($crate::Val::from($v)),*] };
}
pub(crate) use vals;

/// A row both drivers can read: derive `sqlx::FromRow`.
pub trait Row: for<'r> sqlx::FromRow<'r, SqliteRow> + for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Row for T where T: for<'r> sqlx::FromRow<'r, SqliteRow> + for<'r> sqlx::FromRow<'r, PgRow> + Send + Unpin + 'static {}

/// Anything that can run statements: a [`crate::Reader`] or a [`crate::Tx`].
pub trait Query: Send {
    /// All rows.
    fn all<'a, T: Row>(&'a mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'a, Result<Vec<T>, StoreError>>;
    /// Runs a statement; returns how many rows it touched.
    fn run(&mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'_, Result<u64, StoreError>>;
    /// The first row, if there is one.
    fn optional<'a, T: Row>(&'a mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'a, Result<Option<T>, StoreError>> {
        async move { Ok(self.all::<T>(sql, vals).await?.into_iter().next()) }.boxed()
    }
    /// The one row that a statement always yields, such as a count.
    fn one<'a, T: Row>(&'a mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'a, Result<T, StoreError>> {
        async move {
            let row = self.all::<T>(sql, vals).await?.into_iter().next();
            row.ok_or_else(|| StoreError::Corrupt { what: "table", detail: format!("no row from `{sql}`") })
        }
        .boxed()
    }
}

macro_rules! bind_all {
    ($query:expr, $vals:expr) => {{
        let mut query = $query;
        for val in $vals {
            query = match val {
                $crate::Val::Int(v) => query.bind(v),
                $crate::Val::Text(v) => query.bind(v),
                $crate::Val::Bool(v) => query.bind(v),
                $crate::Val::Real(v) => query.bind(v),
                $crate::Val::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

/// Declares the statements of a module and registers them, so that a test prepares each on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// Every statement of the product with its name, by module.
pub const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("tx", crate::tx::ALL),
    ("aggregates", crate::aggregates::ALL),
    ("figures", crate::figures::ALL),
    ("people", crate::queries::people::ALL),
    ("access", crate::queries::access::ALL),
    ("contacts", crate::queries::contacts::ALL),
    ("chat", crate::queries::chat::ALL),
    ("conversations", crate::queries::conversations::ALL),
    ("joined", crate::queries::joined::ALL),
    ("messages", crate::queries::messages::ALL),
    ("intake", crate::queries::intake::ALL),
    ("issues", crate::queries::issues::ALL),
    ("repeats", crate::queries::repeats::ALL),
    ("search", crate::queries::search::ALL),
    ("presence", crate::queries::presence::ALL),
    ("answers", crate::queries::answers::ALL),
    ("lessons", crate::queries::lessons::ALL),
    ("assistant", crate::queries::assistant::ALL),
    ("confirmed", crate::queries::confirmed::ALL),
    ("decisions", crate::queries::decisions::ALL),
    ("windows", crate::queries::windows::ALL),
    ("events", crate::queries::events::ALL),
    ("outbox", crate::queries::outbox::ALL),
    ("timers", crate::queries::timers::ALL),
    ("signals", crate::queries::signals::ALL),
    ("warnings", crate::queries::warnings::ALL),
    ("unanswered", crate::queries::unanswered::ALL),
    ("help", crate::queries::help::ALL),
    ("mail", crate::queries::mail::ALL),
    ("files", crate::queries::files::ALL),
    ("webhooks", crate::queries::webhooks::ALL),
    ("bridges", crate::queries::bridges::ALL),
    ("personal", crate::queries::personal::ALL),
    ("named", crate::queries::named::ALL),
    ("bulk", crate::queries::bulk::ALL),
    ("views", crate::queries::views::ALL),
    ("turn", crate::queries::turn::ALL),
    ("notices", crate::queries::notices::ALL),
    ("chain", crate::queries::chain::ALL),
    ("escalations", crate::queries::escalations::ALL),
    ("reviews", crate::queries::reviews::ALL),
    ("actions", crate::queries::actions::ALL),
    ("cutovers", crate::queries::cutovers::ALL),
    ("handover", crate::queries::handover::ALL),
    ("articles", crate::queries::articles::ALL),
    ("reading", crate::queries::reading::ALL),
    ("updates", crate::queries::updates::ALL),
    ("subscribers", crate::queries::subscribers::ALL),
    ("effect", crate::queries::effect::ALL),
    ("check_ins", crate::queries::check_ins::ALL),
    ("check_ins::asked", crate::queries::check_ins::asked::ALL),
    ("check_ins::audience", crate::queries::check_ins::audience::ALL),
    ("rota", crate::queries::rota::ALL),
    ("accounts", crate::queries::accounts::ALL),
    ("affected", crate::queries::affected::ALL),
    ("backlog", crate::queries::backlog::ALL),
    ("letters", crate::queries::letters::ALL),
    ("ways", crate::queries::ways::ALL),
    ("sends", crate::queries::sends::ALL),
];
