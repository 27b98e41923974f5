#!/usr/bin/env python3
"""Holds the stored examples against the schemas with another implementation than findings has: Python's jsonschema.

    python3 check_examples.py            the folder that this file is in

A valid example must be valid under every 1.x of its schema, an invalid one refused by its own version and later
ones. Exit code: 0 all as said; 1 some are not; 2 jsonschema is not installed (Debian: python3-jsonschema).
"""

import json
import sys
from pathlib import Path

try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    sys.exit(2)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def version(schema):
    """Name, major and minor version of an $id."""
    name, number = schema["$id"].rsplit(":", 2)[1:]
    major, minor = number.split(".")
    return name, int(major), int(minor)


def main(folder):
    schemas = {}
    for path in sorted(folder.glob("**/*.schema.json")):
        schema = load(path)
        Draft202012Validator.check_schema(schema)
        name, major, minor = version(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        schemas.setdefault((name, major), []).append((path.relative_to(folder), minor, validator))
    checked = wrong = 0
    for manifest in sorted(folder.glob("v*/examples/examples.json")):
        major = int(manifest.parts[-3][1:])
        for entry in load(manifest)["examples"]:
            example = load(manifest.parent / entry["path"])
            since = int(entry["since"].split(".")[1])
            for path, minor, validator in schemas[(entry["schema"], major)]:
                if not entry["valid"] and minor < since:
                    continue
                checked += 1
                errors = list(validator.iter_errors(example))
                if (not errors) != entry["valid"]:
                    wrong += 1
                    why = errors[0].message if errors else "it is accepted"
                    print(f"{entry['path']} under {path}: {why}")
    print(f"{checked} checks, {wrong} not as said")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
