//! Requests to addresses that an admin entered: only where this installation may reach, and signed.
//!
//! An address of somebody's choice must not become a way into the operator's own network, so names are resolved here, every address
//! they have is checked, and the connection goes to exactly the addresses that were checked.

mod allow;
mod post;
mod sign;

pub use allow::{Allow, checked};
pub use post::{Answered, Outward, Unsent};
pub use sign::{PREFIX, Signed, Unverified, fresh_secret, sign, signatures, verify};
