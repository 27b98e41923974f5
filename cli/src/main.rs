//! The findings command.
fn main() {}
