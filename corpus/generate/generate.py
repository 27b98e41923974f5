#!/usr/bin/env python3
"""Makes every document of this corpus and its label from documents/.

usage: generate.py [WORD…]      only documents whose path holds one of the words

Needs LibreOffice (soffice), qpdf, poppler's pdftotext and pdftoppm on the path, and requirements.txt.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pikepdf
import typst

import forms
from fodt import Fodt
from typ import Typ

HERE = Path(__file__).parent
CORPUS = HERE.parent
EPOCH = 1735689600  # 1 January 2025: the date in every PDF
QPDF = {
    "aes-256": ["--encrypt", "", "owner", "256", "--"],
    "rc4-128": ["--allow-weak-crypto", "--static-id", "--encrypt", "", "owner", "128", "--use-aes=n", "--"],
    "rc4-40": ["--allow-weak-crypto", "--static-id", "--encrypt", "", "owner", "40", "--"],
    "object-streams": ["--object-streams=generate", "--deterministic-id"],
    "linearized": ["--linearize", "--deterministic-id"],
}


def load(path):
    """A document is a TOML head between +++ lines and a body."""
    _, head, body = path.read_text("utf-8").split("+++\n", 2)
    return tomllib.loads(head), body


def soffice(files, out, tagged):
    if files:
        subprocess.run(["soffice", "--headless", "--convert-to",
                        'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"%s"},"ExportBookmarks":{"type":"boolean","value":"false"}}' % str(tagged).lower(),
                        "--outdir", out, *files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH), "TZ": "UTC"})


def finish(raw, out, d):
    """Fixes the dates, changes what the document's data asks for, writes the file."""
    post = d.get("post", [])
    with pikepdf.open(raw) as pdf:
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        if "/MarkInfo" in pdf.Root and "/Suspects" in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo.Suspects
        for key in ("/DocChecksum", "/ID"):  # LibreOffice draws these anew each time
            if key in pdf.trailer:
                del pdf.trailer[key]
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = "D:20250101000000Z"
        pdf.docinfo["/Title"] = d.get("pdf_title", d["area"])
        pdf.docinfo["/Subject"] = forms.MARK
        for want, code in (("bullet-f06e", b"F06E"), ("bullet-f0b7", b"F0B7")):
            if want in post:  # the symbol fonts of older letters give their bullets a private-use value
                hit = 0
                for obj in pdf.objects:
                    if isinstance(obj, pikepdf.Stream) and b"beginbfchar" in (s := obj.read_bytes() if "/Subtype" not in obj else b"") or (
                            isinstance(obj, pikepdf.Stream) and "/Subtype" not in obj and b"beginbfrange" in s):
                        new = re.sub(rb"<(25FC|25fc|2022|25AA|25aa)>(?=\s*(\n|$|\]))", b"<" + code + b">", s)
                        hit += new != s
                        obj.write(new)
                if not hit:
                    raise SystemExit(f"{out.name}: no bullet to change")
        pdf.save(out, deterministic_id=True, linearize=False)
    for step in post:
        if step in QPDF:
            tmp = out.with_suffix(".tmp")
            subprocess.run(["qpdf", *QPDF[step], out, tmp], check=True)
            tmp.replace(out)


def pages_of(pdf, contents):
    """Page numbers for a contents page: where each heading stands after it. Prints only; labels hold none."""
    pages = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    squash = lambda t: re.sub(r"\W+|\d+$", "", t).lower()  # without a footnote's mark
    pages = [[squash(x) for x in p.splitlines()] for p in pages]
    joined = [squash("".join(p)) for p in pages]
    toc = max(range(len(pages)), key=lambda i: sum(squash(h) in joined[i] for _, h in contents.entries))
    at, found = 0, {}
    for i, (_, h) in enumerate(contents.entries):
        want = squash(h)
        for k in range(at, len(pages)):
            # A heading's first line is a line of its own: the wanted words begin with it.
            if k != toc and any(len(x) > 6 and (x == want or (want.startswith(x) and want in joined[k])) for x in pages[k]):
                found[i, h], at = k + 1, k
                break
        else:
            print("not found for contents:", h, file=sys.stderr)
    return found


def write_label(label, file, beside=None):
    label = dict(label)
    label["id"] = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    label["path"] = str(file.relative_to(CORPUS))
    (beside or file.with_suffix(".label.json")).write_text(json.dumps(label, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return label


def main():
    words = sys.argv[1:]
    docs = []
    for path in sorted((HERE / "documents").rglob("*.md")):
        if not words or any(w in str(path.relative_to(HERE)) for w in words):
            d, text = load(path)
            docs.append((path, path.parent.name, path.stem, d, text))
    with tempfile.TemporaryDirectory() as tmp:
        tmp, todo, pages = Path(tmp), docs, {}
        for turn in (1, 2):  # the second prints the contents pages again with their page numbers
            batch = {True: [], False: []}
            made = []
            for path, folder, slug, d, text in todo:
                blocks, label, look, contents = forms.make(slug, d, text)
                if contents is not None:
                    contents.pages = pages.get(slug, {})
                raw = tmp / f"{folder}__{slug}.pdf"
                if d["maker"] == "libreoffice":
                    source = raw.with_suffix(".fodt")
                    source.write_text(Fodt(look).document(blocks), "utf-8")
                    batch[d["tagged"]].append(source)
                else:
                    source = raw.with_suffix(".typ")
                    source.write_text(Typ(look).document(blocks), "utf-8")
                    raw.write_bytes(typst.compile(str(source), timestamp=EPOCH, pdf_tags=d["tagged"]))
                made.append((folder, slug, d, text, label, contents, raw))
            for tagged, files in batch.items():
                soffice(files, tmp, tagged)
            todo = []
            for folder, slug, d, text, label, contents, raw in made:
                if contents is not None and turn == 1:
                    pages[slug] = pages_of(raw, contents)
                    todo.append((None, folder, slug, d, text))
                    continue
                out = CORPUS / folder / f"{slug}.pdf"
                out.parent.mkdir(exist_ok=True)
                finish(raw, out, d)
                write_label(label, out)
                if d.get("as_text"):
                    plain = CORPUS / "text" / f"{slug}.txt"
                    plain.parent.mkdir(exist_ok=True)
                    subprocess.run(["pdftotext", out, plain], check=True)
                    write_label(label, plain)
                print(f"{out.relative_to(CORPUS)}  {out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
    if not sys.argv[1:]:
        import bad
        bad.main()
