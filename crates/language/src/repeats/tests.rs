use super::*;
use crate::Letters;
