mod aggregate;
mod called;
mod compared;
mod reading;
