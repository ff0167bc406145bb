//! What the watch says, on made-up desks.

mod bounds;
mod budget;
mod desk;
mod kinds;
mod power;
