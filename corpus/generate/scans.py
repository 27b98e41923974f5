#!/usr/bin/env python3
"""Makes the documents of scans/: what copiers and scanners make of some documents of this corpus.

usage: scans.py

Needs poppler's pdftoppm and pdftotext on the path, and requirements.txt. The documents are those that generate.py
has made; each scan's label is the document's, with the scan's own id.
"""
import hashlib
import io
import json
import re
import subprocess
import tempfile
from html import unescape
from pathlib import Path

import pikepdf
from PIL import Image, ImageFilter

CORPUS = Path(__file__).parent.parent
SCANS = CORPUS / "scans"


def pages(pdf, dpi):
    """The pages of a document as grey images."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf, f"{folder}/p"], check=True)
        return [Image.open(p).copy() for p in sorted(Path(folder).glob("p*.pgm"))]


def scanned(image, degrees):
    """A page as a copier gives it: a little askew, a little soft, on paper that is not quite white."""
    image = image.rotate(degrees, fillcolor=255, resample=Image.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(0.6)).point(lambda v: int(v * 0.92 + 10))


def jpeg(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=38, optimize=True)
    return out.getvalue()


def add_scan(pdf, image, dpi, text=None):
    """Adds a page that is an image, with text behind it if there is any: (words, x, y, size) in points."""
    width, height = (n * 72 / dpi for n in image.size)
    stream = pikepdf.Stream(pdf, jpeg(image), {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": image.width,
        "/Height": image.height, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode})
    resources = {"/XObject": {"/Im0": pdf.make_indirect(stream)}}
    content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q\n"
    if text:
        resources["/Font"] = {"/F0": pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding)}
        for words, x, y, size in text:
            raw = words.encode("cp1252", "replace").hex()
            content += f"BT 3 Tr /F0 {size:.1f} Tf {x:.1f} {height - y:.1f} Td <{raw}> Tj ET\n"
    pdf.add_blank_page(page_size=(width, height))
    page = pdf.pages[-1]
    page.Resources = pikepdf.Dictionary(resources)
    page.Contents = pikepdf.Stream(pdf, content.encode())


def lines(pdf):
    """For each page the lines that poppler finds: (words, x, baseline, size)."""
    out = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for page in out.split("<page ")[1:]:
        found = []
        for line in re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</line>', page, re.S):
            x, top, bottom = map(float, line[:3])
            words = " ".join(unescape(w) for w in re.findall(r">([^<]+)</word>", line[3]))
            found.append((words, x, bottom - 0.22 * (bottom - top), (bottom - top) * 0.8))
        yield found


def garbled(words):
    """Words as an old OCR engine may have left them, always the same way."""
    swap = str.maketrans({"e": "c", "a": "@", "i": "1", "o": "0", "s": "$", "n": "x", "t": "+"})
    return "".join(c.translate(swap) if i % 2 else c for i, c in enumerate(words))


def save(pdf, name):
    pdf.save(SCANS / name, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def label(name, source, note):
    data = json.loads((CORPUS / source).with_suffix(".label.json").read_text("utf-8"))
    digest = hashlib.sha256((SCANS / name).read_bytes()).hexdigest()
    data |= {"id": digest[:12], "path": f"scans/{name}", "notes": note}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (SCANS / name).with_suffix(".label.json").write_text(text + "\n", "utf-8")


def main():
    SCANS.mkdir(exist_ok=True)

    source = "focused-visit/wexcombe-2022-11-18.pdf"
    pdf = pikepdf.new()
    for i, page in enumerate(pages(CORPUS / source, 150)):
        add_scan(pdf, scanned(page, 0.4 - 0.7 * i), 150)
    save(pdf, "wexcombe-2022-11-18.pdf")
    label("wexcombe-2022-11-18.pdf", source, "Scanned: every page is an image, askew.")

    source = "focused-visit/stanbeck-2023-05-12.pdf"
    sheets = [scanned(p, -0.3).point(lambda v: 255 if v > 140 else 0).convert("1") for p in pages(CORPUS / source, 200)]
    sheets[0].save(SCANS / "stanbeck-2023-05-12.tif", save_all=True, append_images=sheets[1:], compression="group4", dpi=(200, 200))
    label("stanbeck-2023-05-12.tif", source, "Faxed: a TIFF of two pages, black and white.")

    source = "focused-visit/orrisford-2025-09-30.pdf"
    with pikepdf.open(CORPUS / source) as native:
        pdf = pikepdf.new()
        pdf.pages.append(native.pages[0])
        add_scan(pdf, scanned(pages(CORPUS / source, 150)[1], 0.3), 150)
        save(pdf, "orrisford-2025-09-30.pdf")
    label("orrisford-2025-09-30.pdf", source, "The second page was scanned and put in.")

    for place, name, behind, note in [
        ("focused-visit/thornhaven-2021-03-30.pdf", "thornhaven-2021-03-30.pdf", str, "Scanned; the scanner put good text behind its image."),
        ("focused-visit/marlbrook-2019-03-22.pdf", "marlbrook-2019-03-22.pdf", garbled, "Scanned; the scanner put bad text behind its image."),
    ]:
        pdf = pikepdf.new()
        for page, text in zip(pages(CORPUS / place, 150), lines(CORPUS / place)):
            add_scan(pdf, scanned(page, 0.2), 150, [(behind(w), x, y, s) for w, x, y, s in text])
        save(pdf, name)
        label(name, place, note)


if __name__ == "__main__":
    main()
