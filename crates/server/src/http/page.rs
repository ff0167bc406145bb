//! Lists come in pages: an opaque cursor and a limit.

use super::problem::{ApiResult, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

const DEFAULT: i64 = 50;
const MOST: i64 = 200;
const LONGEST_CURSOR: usize = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A list that is never longer than one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// A page from up to `limit + 1` rows: the surplus row says that there are more, and the cursor is made
    /// of the last row that is shown.
    pub fn cut<R, const N: usize>(mut rows: Vec<R>, limit: i64, key: impl Fn(&R) -> [i64; N], item: impl FnMut(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| encode(&key(row)));
        Self { items: rows.into_iter().map(item).collect(), next }
    }
}

/// How many items a page has: 50 unless told, 1 to 200. Ask the store for one more.
///
/// # Errors
/// 422 for a number outside the range.
pub fn limit(wanted: Option<i64>) -> ApiResult<i64> {
    match wanted {
        None => Ok(DEFAULT),
        Some(n @ 1..=MOST) => Ok(n),
        Some(n) => Err(Problem::unprocessable("limit", format!("A page has 1 to {MOST} items, not {n}."))),
    }
}

/// A cursor from the numbers that say where a page ended.
pub fn encode(numbers: &[i64]) -> String {
    URL_SAFE_NO_PAD.encode(numbers.iter().map(i64::to_string).collect::<Vec<_>>().join("."))
}

/// The numbers of a cursor; none without one.
///
/// # Errors
/// 422 when it is not one of ours.
pub fn decode<const N: usize>(cursor: Option<&str>) -> ApiResult<Option<[i64; N]>> {
    let Some(cursor) = cursor else { return Ok(None) };
    parse(cursor).map(Some).ok_or_else(|| {
        Problem::unprocessable("cursor", "This cursor is not one that a list gave out: take `next` of the page before, or leave it out.")
    })
}

fn parse<const N: usize>(cursor: &str) -> Option<[i64; N]> {
    if cursor.len() > LONGEST_CURSOR {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let numbers: Vec<i64> = text.split('.').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back() {
        assert_eq!(decode::<2>(Some(&encode(&[i64::MAX, -7]))).unwrap(), Some([i64::MAX, -7]));
        assert_eq!(decode::<1>(None).unwrap(), None);
    }

    #[test]
    fn broken_cursors_are_named() {
        #[track_caller]
        fn check(cursor: &str) {
            let problem = decode::<2>(Some(cursor)).unwrap_err();
            assert_eq!((problem.status().as_u16(), problem.field()), (422, Some("cursor")), "{cursor}");
        }
        check("");
        check("%%%");
        check(&encode(&[1]));
        check(&encode(&[1, 2, 3]));
        check(&URL_SAFE_NO_PAD.encode("1.x"));
        check(&"A".repeat(5_000));
    }

    #[test]
    fn pages_end_where_the_rows_end() {
        let page = Page::cut(vec![1_i64, 2, 3], 2, |n| [*n], |n| n * 10);
        assert_eq!((page.items, page.next), (vec![10, 20], Some(encode(&[2]))));
        let page = Page::cut(vec![1_i64, 2], 2, |n| [*n], |n| n);
        assert_eq!(page.next, None);
    }

    #[test]
    fn limits_have_limits() {
        #[track_caller]
        fn check(wanted: Option<i64>, expected: Result<i64, &str>) {
            assert_eq!(limit(wanted).as_ref().map_err(|p| p.field().unwrap()), expected.as_ref().map_err(|f| *f));
        }
        check(None, Ok(50));
        check(Some(1), Ok(1));
        check(Some(200), Ok(200));
        check(Some(0), Err("limit"));
        check(Some(201), Err("limit"));
        check(Some(-1), Err("limit"));
    }
}
