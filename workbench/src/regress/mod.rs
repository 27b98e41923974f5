//! Two runs over the same documents: what changed, and where.
