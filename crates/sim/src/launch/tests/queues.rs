//! The same loop as queues with known answers: constant rate, exponential work, nobody comes back.

use super::*;
