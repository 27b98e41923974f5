//! Tools of the benchmarks.
