//! Records of inspection reports as tables.
