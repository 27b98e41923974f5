"""Made from the schemas by tools/model.py; not to be changed by hand."""

# What a record leaves out where there is nothing to say.
OPTIONAL = frozenset(
    [
        "confidence",
        "date_end",
        "derived",
        "number",
        "part",
        "quote",
        "rate_per_10000",
        "repairs",
        "rule",
        "same",
        "source",
        "spans",
        "unit",
        "with",
        "witnesses",
    ]
)
