//! A clock as a timeline that a person can follow.
