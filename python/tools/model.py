"""Writes findings/_model.pyi and findings/_model.py from the published schemas.

python tools/model.py            writes them
python tools/model.py --check    says whether they are as they should be
"""

import json
import keyword
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT.parent / "schemas" / "v1"
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
MADE = "Made from the schemas by tools/model.py; not to be changed by hand."

Schema = dict[str, Any]


def type_of(schema: Schema) -> str:
    """The Python type of a value that follows a schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema:
        return f"Literal[{json.dumps(schema['const'])}]"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return union(type_of(part) for part in schema[key])
    kinds = schema.get("type", [])
    return union(of_kind(kind, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)) or "Any"


def of_kind(kind: str, schema: Schema) -> str:
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}))}]"
    if kind == "object":
        return f"dict[str, {type_of(schema.get('additionalProperties', {}))}]"
    return PLAIN[kind]


def union(parts: Any) -> str:
    return " | ".join(dict.fromkeys(parts))


def class_of(name: str, schema: Schema, left_out: tuple[str, ...] = ()) -> str:
    """A class with an attribute for each property."""
    lines = [f"class {name}(Fields):", f'    """{schema.get("description", name)}"""', ""]
    for key, part in schema["properties"].items():
        if keyword.iskeyword(key) or key in left_out:
            continue
        kind = type_of(part)
        if key not in schema.get("required", []) and "None" not in kind and kind != "Any":
            kind += " | None"
        lines += [f"    {key}: {kind}", f'    """{part.get("description", "")}"""']
    return "\n".join(lines)


def definition(name: str, schema: Schema) -> str:
    if "properties" in schema:
        return class_of(name, schema)
    parts = schema.get("oneOf", [])
    if all("properties" in part for part in parts) and parts:
        names = [name + str(part["properties"]["type"]["const"]).title() for part in parts]
        classes = [class_of(n, {"description": schema.get("description", n), **p}) for n, p in zip(names, parts)]
        return "\n\n".join([*classes, f"{name} = {' | '.join(names)}"])
    return f"{name} = {type_of(schema)}"


def objects(schema: Any) -> Any:
    """Every object of a schema that has properties."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def files() -> dict[str, str]:
    report, error = (json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
                     for name in ("inspection-report", "error-report"))
    definitions = {**report["$defs"], **error["$defs"]}
    taken = {key for o in [*objects(report), *objects(error)] for key in o["properties"]} & set(dir(dict))
    if taken:
        raise SystemExit(f"attributes that a dict has already: {taken}")
    # `evidence` is a method of the record class, so it is left out here.
    classes = [definition(n, d) for n, d in definitions.items()]
    classes.append(class_of("InspectionReport", report, ("evidence",)))
    classes.append(class_of("ErrorOutcome", error))
    head = f'"""{MADE}"""\n\nfrom typing import Any, Literal\n\nfrom ._fields import Fields\n\nOPTIONAL: frozenset[str]'
    optional = sorted({key for o in [*objects(report), *objects(error)] for key in o["properties"]
                       if key not in o.get("required", [])})
    names = "".join(f"        {json.dumps(name)},\n" for name in optional)
    return {
        "_model.pyi": "\n\n\n".join([head, *classes]) + "\n",
        "_model.py": f'"""{MADE}"""\n\n# What a record leaves out where there is nothing to say.\n'
                     f"OPTIONAL = frozenset(\n    [\n{names}    ]\n)\n",
    }


def main() -> int:
    stale = []
    for name, text in files().items():
        path = ROOT / "findings" / name
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
    if stale:
        print(f"not as the schemas have it: {', '.join(stale)}; run python tools/model.py", file=sys.stderr)
    return len(stale)


if __name__ == "__main__":
    raise SystemExit(main())
