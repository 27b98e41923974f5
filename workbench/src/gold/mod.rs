//! Labels: what a person read in a document.
