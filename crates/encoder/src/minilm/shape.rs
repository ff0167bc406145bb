// Sizes of all-MiniLM-L6-v2, for the build that orders the model and for the encoder that reads it.

/// Layers.
pub const LAYERS: usize = 6;
/// Numbers of a state.
pub const WIDTH: usize = 384;
/// Numbers between the two products of a layer's second half.
pub const INNER: usize = 1536;
/// Pieces that the model knows.
pub const TOKENS: usize = 30_522;
/// Places in a text that the model knows.
pub const POSITIONS: usize = 512;
