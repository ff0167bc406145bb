//! What the watch says, on made-up desks.
