//! Terminals that every format shares.
