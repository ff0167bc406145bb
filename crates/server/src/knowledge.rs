//! Being written.
/// Compiled plans.
#[derive(Default)]
pub struct Knowledge;
