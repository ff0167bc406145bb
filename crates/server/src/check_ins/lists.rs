//! `POST /check-ins/lists`: addresses that are to be asked.

use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::intake::looks_like_email;
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::{AddressListId, Span, WindowId};
use hypercare_store::WriteError;
use hypercare_store::queries::check_ins::audience;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Addresses of one list.
const MOST: usize = 5_000;
/// Lists are forgotten after so long: what was asked from them is kept with the check-in.
const KEPT: Span = Span::days(90);
/// Lines that are named as no address.
const NAMED: usize = 5;

/// Addresses, as they stand in a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddresses {
    /// For this window.
    window: WindowId,
    /// One in a line, or with commas or semicolons between them; in a table with commas the first column counts. At most 5,000.
    text: String,
}

/// A list that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Addresses {
    /// Its id, for the audience.
    id: AddressListId,
    /// Different addresses in it.
    count: usize,
}

/// The addresses of a text, each once, in lower case; or the lines that are none.
fn parsed(text: &str) -> Result<Vec<String>, String> {
    let (mut all, mut wrong, mut first): (BTreeSet<String>, Vec<String>, bool) = (BTreeSet::new(), vec![], true);
    for line in text.split(['\n', ';']).map(|line| line.trim().trim_start_matches('\u{feff}')) {
        let parts: Vec<&str> = line.split([',', '\t']).map(|part| part.trim().trim_matches('"')).filter(|part| !part.is_empty()).collect();
        let found: Vec<&&str> = parts.iter().filter(|part| looks_like_email(part)).collect();
        // The first line of a table names its columns.
        if found.is_empty() && !parts.is_empty() && !first {
            wrong.push(line.chars().take(60).collect());
        }
        first &= parts.is_empty();
        all.extend(found.into_iter().map(|address| address.to_lowercase()));
    }
    if !wrong.is_empty() {
        let named: Vec<String> = wrong.iter().take(NAMED).map(|line| format!("`{line}`")).collect();
        return Err(format!("{} of the lines hold no address, such as name@example.com: {}.", wrong.len(), named.join(", ")));
    }
    if all.is_empty() {
        return Err("It holds no address, such as name@example.com.".into());
    }
    if all.len() > MOST {
        return Err(format!("It holds {} addresses; a check-in asks at most {MOST} from a list.", all.len()));
    }
    Ok(all.into_iter().collect())
}

/// Upload addresses to be asked
///
/// Only addresses of people who are your customers and may be written to. Nobody is asked before the check-in is approved and started.
#[utoipa::path(post, path = "/check-ins/lists", operation_id = "upload_check_in_addresses", tag = "check_ins", request_body = NewAddresses,
    responses((status = 201, body = Addresses), (status = "4XX", body = Problem)))]
pub(super) async fn upload_addresses(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewAddresses>,
) -> ApiResult<(StatusCode, Json<Addresses>)> {
    let addresses = parsed(&new.text).map_err(|why| Problem::unprocessable("text", why))?;
    let count = addresses.len();
    let stamp = caller.stamp(&app);
    let kept: Result<AddressListId, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let window = windows::named(tx, new.window).await?;
                let id: AddressListId = tx.new_id(stamp.at);
                audience::list_add(tx, (id, window.id), &addresses, stamp.at, stamp.at - KEPT).await?;
                let body = serde_json::json!({ "addresses": count }).to_string();
                tx.record("window.addresses_uploaded", ("window", window.id.0), Some(window.id), &stamp, body).await?;
                Ok(id)
            }
            .boxed()
        })
        .await;
    Ok((StatusCode::CREATED, Json(Addresses { id: kept?, count })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_lines_and_tables() {
        #[track_caller]
        fn check(text: &str, expected: &[&str]) {
            assert_eq!(parsed(text).unwrap(), expected, "{text}");
        }
        check("Ana@example.net\nbo@example.net\n\nana@example.net", &["ana@example.net", "bo@example.net"]);
        check("ana@example.net; bo@example.net", &["ana@example.net", "bo@example.net"]);
        check("E-mail,Name\n\"ana@example.net\",Ana\nbo@example.net,Bo", &["ana@example.net", "bo@example.net"]);
        for (wrong, says) in [("", "no address"), ("E-mail", "no address"), ("ana@example.net\nnobody\n", "1 of the lines hold no address")] {
            assert!(parsed(wrong).unwrap_err().contains(says), "{wrong}");
        }
        let many: String = (0..5_001).map(|n| format!("a{n}@example.net\n")).collect();
        assert!(parsed(&many).unwrap_err().contains("5001 addresses"));
    }
}
