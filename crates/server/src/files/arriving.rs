//! Files on their way in: bounded together, so that many at once do not fill the memory.

use super::keep::{LARGEST, too_large};
use crate::http::problem::{ApiResult, Problem};
use axum::body::{Body, HttpBody, to_bytes};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of files that may be on their way at a time.
const ROOM: usize = 256 << 20;
/// What room is counted in: a file takes at least one, and small ones are many.
const PIECE: usize = 64 << 10;

/// The room for what is on its way.
#[derive(Debug)]
pub struct Arriving(Arc<Semaphore>);

impl Default for Arriving {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ROOM / PIECE)))
    }
}

/// A file that arrived, and holds its room until it is kept.
#[derive(Debug)]
pub struct Arrived {
    /// What is in it.
    pub bytes: Vec<u8>,
    pub(super) room: OwnedSemaphorePermit,
}

impl Arriving {
    /// Takes a body in. One that does not say how long it is takes as much room as the largest.
    ///
    /// # Errors
    /// When it is too large, did not come whole, or too much is on its way already.
    pub async fn take(&self, body: Body) -> ApiResult<Arrived> {
        let said = body.size_hint().upper().map_or(LARGEST, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        if said > LARGEST {
            return Err(too_large());
        }
        let pieces = u32::try_from(said.div_ceil(PIECE).max(1)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.0).try_acquire_many_owned(pieces);
        let room = room.map_err(|_| Problem::unavailable("Many files are on their way here just now. Send yours again in a few seconds."))?;
        let bytes = to_bytes(body, LARGEST).await.map_err(|_| too_large())?;
        Ok(Arrived { bytes: bytes.into(), room })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_so_much_is_on_its_way_and_what_is_kept_makes_room() {
        let arriving = Arriving::default();
        let whole = || Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(vec![1_u8; 10])]));
        let mut held = vec![];
        while let Ok(arrived) = arriving.take(whole()).await {
            held.push(arrived);
        }
        assert_eq!(held.len(), ROOM / LARGEST, "each may be of the largest, as they do not say how long they are");
        assert!(arriving.take(Body::from(vec![1; PIECE])).await.is_ok(), "a small one still fits beside them");
        assert_eq!(arriving.take(Body::from(vec![1; LARGEST])).await.unwrap_err().status().as_u16(), 503);
        held.pop();
        assert_eq!(arriving.take(Body::from(vec![1; LARGEST])).await.unwrap().bytes.len(), LARGEST);
        assert_eq!(arriving.take(Body::from(vec![1; LARGEST + 1])).await.unwrap_err().status().as_u16(), 413);
    }
}
