"""Files that give no record, or give one only after repair. manifest.json says which outcome is right for each."""
import hashlib
import json
import random
import subprocess
import tempfile
import zlib
from pathlib import Path

import pikepdf
import typst
from PIL import Image

from generate import CORPUS, EPOCH, write_label

BAD = CORPUS / "bad"
SOURCE = CORPUS / "focused-visit" / "wexcombe-2022-11-18.pdf"  # not encrypted, two pages, an ordinary cross-reference table

HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>We could not find that report</title></head>
<body><h1>We could not find that report</h1>
<p>The link you followed leads nowhere now. The inspection report may have moved, or may have been taken down.</p>
<p>Try the search, or go back. Fictional page made for tests.</p></body></html>
"""

NEWSLETTER = """#set page(paper: "a4", margin: 2.5cm)
#set text(font: "Liberation Sans", size: 11pt)
= Marlbrook Matters
The newsletter of Marlbrook Borough Council. Spring 2019. Fictional document made for tests.
== Bins at Easter
Collections move by a day in Easter week. Brown bins start again on 1 April 2019.
== Weir Street bridge
The bridge will be shut from 6 to 17 May 2019 while the parapet is mended. Buses go round by the mill.
== Could you foster?
Children’s services in Marlbrook are looking for people with a spare room. Lead officer: Gareth Stannard, Director of Children’s Services.
- What needs to improve: your knowledge of bedtime stories.
- Good sense of humour: outstanding.
"""

ARTICLE = """#set page(paper: "a4", margin: 2.5cm)
#set text(font: "DejaVu Serif", size: 10.5pt)
= Council ‘turns corner’ after inspectors’ visit
_The Eastmere Argus_, 9 October 2018. Fictional document made for tests.

Children’s services in Eastmere have been praised by Ofsted in a letter published on Friday, three years after they were rated inadequate.

Inspectors spent 12 and 13 September at the Civic Centre. The inspectors, Peter Quill and Morag Denholm-Ash, said that most children now get help soon enough, but that checks on families who move into the town must improve.

“We know what needs to improve,” said Funmi Oduya, the director. “Requires improvement is not where we mean to stay.”

The opposition leader called for a full inspection of children’s services without delay.
"""


def typeset(source, out):
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "in.typ"
        path.write_text(source, "utf-8")
        out.write_bytes(typst.compile(str(path), timestamp=EPOCH))


def scan(pdf, out):
    """Black-and-white images of a document's pages, a little askew, and no text."""
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", pdf, f"{tmp}/p"], check=True)
        with pikepdf.new() as new:
            for n, png in enumerate(sorted(Path(tmp).glob("*.png"))):
                image = Image.open(png).rotate(0.5 - n, fillcolor=255, resample=Image.BICUBIC).convert("1", dither=Image.Dither.NONE)
                stream = pikepdf.Stream(new, zlib.compress(image.tobytes(), 9), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=image.width,
                                        Height=image.height, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1, Filter=pikepdf.Name.FlateDecode)
                page = new.add_blank_page(page_size=(595, 842))
                page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=new.make_indirect(stream)))
                page.Contents = new.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
            new.save(out, deterministic_id=True)


def main():
    BAD.mkdir(exist_ok=True)
    manifest, source = {}, SOURCE.read_bytes()

    def put(name, expect, why, data=None, label_of=None):
        if data is not None:
            (BAD / name).write_bytes(data)
        manifest[name] = {"expect": expect, "why": why}
        if label_of:
            manifest[name]["label"] = label_of

    put("report-not-found.pdf", ["not-a-report-file"], "a web page saved with the name .pdf", HTML.encode())
    put("empty.pdf", ["not-a-report-file", "damaged"], "no bytes", b"")
    put("binary.pdf", ["not-a-report-file", "damaged"], "4 KB of noise, no PDF header", random.Random(7).randbytes(4096))
    put("truncated.pdf", ["record", "damaged"], "the last 40 per cent are missing, with the cross-reference table; what is left may be read, but a record may not claim pages that are gone", source[:int(len(source) * 0.6)])
    put("truncated-tail.pdf", ["record", "damaged"], "only the cross-reference table and trailer are missing: every object is there, but nothing says which is the root", source[:source.rindex(b"xref", 0, source.rindex(b"startxref"))], "focused-visit/wexcombe-2022-11-18.label.json")
    at = source.rindex(b"xref\n", 0, source.rindex(b"startxref"))
    table, tail = source[at:source.index(b"trailer", at)], source[source.index(b"trailer", at):]
    shifted = bytes(table).replace(b"0000000", b"0000900")
    put("damaged-xref.pdf", ["record"], "each offset of the cross-reference table is wrong; every object is there", source[:at] + shifted + tail, "focused-visit/wexcombe-2022-11-18.label.json")
    put("damaged-startxref.pdf", ["record"], "the last line points past the end of the file; the table it should point at is whole",
        source[:source.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF\n", "focused-visit/wexcombe-2022-11-18.label.json")
    put("no-pages.pdf", ["damaged", "no-text"], "a page tree without pages",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n98\n%%EOF\n")
    subprocess.run(["qpdf", "--encrypt", "opensesame", "owner", "256", "--", SOURCE, BAD / "password.pdf"], check=True)
    put("password.pdf", ["encrypted"], "needs a password that is not empty ('opensesame'), AES 256")
    scan(CORPUS / "focused-visit" / "stanbeck-2023-05-12.pdf", BAD / "image-only.pdf")
    put("image-only.pdf", ["record", "no-text"], "pages are images; a record only where text recognition is at hand", label_of="focused-visit/stanbeck-2023-05-12.label.json")
    typeset(NEWSLETTER, BAD / "council-newsletter.pdf")
    put("council-newsletter.pdf", ["unknown-format"], "a council’s newsletter with words and a grade that occur in reports")
    typeset(ARTICLE, BAD / "press-article.pdf")
    put("press-article.pdf", ["unknown-format"], "a newspaper’s article about a visit, with dates, names and grades")
    (BAD / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    other = {"id": None, "path": None, "kind": "other", "notes": "Fictional document made for tests. No inspection report: an error is right."}
    for name in ("council-newsletter.pdf", "press-article.pdf"):
        write_label(other, BAD / name)
    # score.py --map: the first digits of a repaired document's bytes, and the id of the label that holds its truth.
    lines = []
    for name, entry in manifest.items():
        if "label" in entry:
            true = json.loads((CORPUS / entry["label"]).read_text("utf-8"))["id"]
            lines.append(f"{hashlib.sha256((BAD / name).read_bytes()).hexdigest()[:12]}\t{true}\t{name}\n")
    (BAD / "ids.tsv").write_text("".join(lines), "utf-8")
    print("bad/", len(manifest), "files")


if __name__ == "__main__":
    main()
