"""The few kinds of block a document is made of, and the filler prose.

A form (forms.py) turns a document's data into a list of these; a backend (fodt.py, typ.py) prints the list.
Text may hold **bold** and ^[a footnote].
"""
import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class P:
    """A paragraph. style: body, line (no space below), title, subtitle, small, table."""
    text: str
    style: str = "body"


@dataclass
class H:
    """A heading, bold and larger than the body. level 1 or 2; tag=False prints it as a plain paragraph."""
    text: str
    level: int = 1


@dataclass
class L:
    """A bulleted list; an item is a text or (text, [sub-items])."""
    items: list
    loose: bool = False


@dataclass
class N:
    """A numbered paragraph."""
    number: int
    text: str


@dataclass
class T:
    """A table. Cells are texts or lists of blocks; widths in cm; span: rows with one cell take the whole width."""
    rows: list
    widths: list
    border: bool = True
    head: bool = False
    middle: bool = False


@dataclass
class Contents:
    """A contents page: (level, heading) pairs; page numbers are filled in by a second pass."""
    entries: list
    pages: dict = field(default_factory=dict)


@dataclass
class Space:
    points: int


@dataclass
class Break:
    pass


INLINE = re.compile(r"(\*\*.+?\*\*|\^\[.+?\])")


def inline(text):
    """Splits a text into ('text' | 'bold' | 'note', words) runs."""
    for run in INLINE.split(text):
        if run.startswith("**"):
            yield "bold", run[2:-2]
        elif run.startswith("^["):
            yield "note", run[2:-1]
        elif run:
            yield "text", run


def plain(text):
    """The text as a label holds it: no bold, no footnotes."""
    return re.sub(r"\s+", " ", "".join(t for k, t in inline(text) if k != "note")).strip()


def parts(text, prose):
    """The paragraphs of a body by the code of the "= CODE" line that they follow."""
    found, code = {}, None
    for line in text.strip().splitlines():
        if line.startswith("= "):
            code = line[2:].strip()
            found[code] = []
        elif line.strip():
            found[code].append(prose(line.strip()))
    return found


class Prose:
    """Filler sentences by topic and tone, none twice in one document: '@front-door good 3' is three of them. \\n is a line break."""

    def __init__(self, slug, names):
        self.pools, self.names, self.slug = {}, names, slug
        rng = random.Random(slug)
        for topic, tones in tomllib.loads((HERE / "prose.toml").read_text("utf-8")).items():
            for tone, sentences in tones.items():
                pool = list(sentences)
                rng.shuffle(pool)
                self.pools[topic, tone] = pool

    def __call__(self, text):
        text = re.sub(r"@([a-z-]+)((?: (?:good|mixed|weak) \d)+)", self.fill, text).replace("\\n", "\n")
        for name, value in self.names.items():
            text = text.replace("{" + name + "}", value)
        if re.search(r"\{\w+\}|@", text):
            raise SystemExit(f"{self.slug}: unfilled name in {text!r}")
        return text

    def fill(self, m):
        spec, words = m[2].split(), []
        for tone, count in zip(spec[::2], spec[1::2]):
            for _ in range(int(count)):
                if not self.pools[m[1], tone]:
                    raise SystemExit(f"{self.slug}: no more {m[1]} {tone}")
                words.append(self.pools[m[1], tone].pop())
        return " ".join(words)
