//! All routes, and their description. A capability adds itself here, once.

use super::problem::Problem;
use crate::{
    App, accounts, answers, articles, backlog, bridges, chat, check_ins, conversations, cutovers, decisions, drafting, erasure, escalations, events,
    files, gaps, intake, issues, mail, normal, notices, people, reach, reports, reviews, rota, signals, stages, sure, system, texts, turn,
    unanswered, updates, viewers, views, warnings, webhooks, windows,
};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;

/// Where the API begins.
pub const BASE: &str = "/api/v1";

/// The routes of the API, each capability's own.
fn capabilities() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(people::routes())
        .merge(turn::routes())
        .merge(events::routes())
        .merge(intake::routes())
        .merge(mail::routes())
        .merge(files::routes())
        .merge(windows::routes())
        .merge(conversations::routes())
        .merge(viewers::routes())
        .merge(views::routes())
        .merge(notices::routes())
        .merge(reach::routes())
        .merge(answers::routes())
        .merge(articles::routes())
        .merge(unanswered::routes())
        .merge(drafting::routes())
        .merge(gaps::routes())
        .merge(texts::routes())
        .merge(issues::routes())
        .merge(decisions::routes())
        .merge(escalations::routes())
        .merge(cutovers::routes())
        .merge(rota::routes())
        .merge(reviews::routes())
        .merge(signals::routes())
        .merge(stages::routes())
        .merge(sure::routes())
        .merge(warnings::routes())
        .merge(accounts::routes())
        .merge(backlog::routes())
        .merge(webhooks::routes())
        .merge(bridges::routes())
        .merge(erasure::routes())
        .merge(reports::routes())
        .merge(normal::routes())
        .merge(updates::routes())
        .merge(check_ins::routes())
        .merge(chat::routes())
}

/// The API with its description, and what an address gets that is not among them.
pub(super) fn api() -> (axum::Router<App>, OpenApi) {
    let (router, mut openapi) = OpenApiRouter::with_openapi(beginning()).nest(BASE, capabilities()).split_for_parts();
    openapi.paths.paths.iter_mut().for_each(|(path, item)| complete(path, item));
    (router, openapi)
}

/// The API's description, OpenAPI 3.1.
pub fn openapi() -> OpenApi {
    api().1
}

fn beginning() -> OpenApi {
    let problem = ResponseBuilder::new()
        .description("It was not done. The body says what was wrong and what would be right.")
        .content("application/problem+json", ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build())
        .build();
    let components = ComponentsBuilder::new()
        .schema(Problem::name(), Problem::schema())
        .response("Problem", problem)
        .security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(super::auth::COOKIE))))
        .security_scheme("token", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()))
        .build();
    let info = InfoBuilder::new()
        .title("Hypercare")
        .version("1")
        .description(Some(
            "The API of Hypercare. Ids are strings of digits, times RFC 3339 in UTC, lengths of time numbers of seconds. Lists come in pages: \
             `next` is the `cursor` of the next one. Creations accept `Idempotency-Key`. With the session's cookie, requests that change something \
             need the header `X-Hypercare: 1`.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    let security = ["cookie", "token"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    OpenApiBuilder::new().info(info).components(Some(components)).security(Some(security)).build()
}

/// Each operation can answer with a problem, and the public ones need no credentials.
fn complete(path: &str, item: &mut PathItem) {
    let public = path.starts_with(&format!("{BASE}/public/"));
    let signs_in = path == format!("{BASE}/session");
    let methods = [(&mut item.get, false), (&mut item.post, signs_in), (&mut item.put, false), (&mut item.patch, false), (&mut item.delete, false)];
    for (operation, open) in methods {
        if let Some(operation) = operation {
            describe_problem(operation);
            if public || open {
                operation.security = Some(vec![]);
            }
        }
    }
}

fn describe_problem(operation: &mut Operation) {
    let problem = RefOr::Ref(Ref::from_response_name("Problem"));
    operation.responses.responses.entry("default".into()).or_insert(problem);
}

/// Pages and addresses beside the API that capabilities bring, such as the help form.
pub(super) fn beside(app: &App) -> axum::Router<App> {
    axum::Router::new().merge(system::routes()).merge(articles::public::pages()).merge(for_customers(app))
}

/// Pages that customers reach by links in mails and chats. What goes wrong there is said as a page.
fn for_customers(app: &App) -> axum::Router<App> {
    let pages = mail::no_news::pages().merge(updates::public::pages()).merge(check_ins::public::pages());
    pages.layer(axum::middleware::from_fn_with_state(app.clone(), updates::public::as_page))
}
