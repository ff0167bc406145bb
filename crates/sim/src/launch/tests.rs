//! Tests of whole launches.
