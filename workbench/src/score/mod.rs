//! Records against labels: precision, recall and what was wrong.
