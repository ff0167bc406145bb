//! A launch that has not happened: customers, people and measures, as a simulation of single events.
