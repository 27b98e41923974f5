"""The words of a PDF with their boxes, by pypdfium2: [page, [[word, x0, top, x1, bottom], ...]], a line for each page."""

import json
import sys

import pypdfium2

for number, page in enumerate(pypdfium2.PdfDocument(sys.argv[1]), 1):
    left, _, _, top = page.get_cropbox()
    turned = page.get_rotation() != 0
    text = page.get_textpage()
    words, word, box = [], "", None
    # Characters and boxes are counted alike only where every character is one code unit.
    letters = [text.get_text_range(i, 1) for i in range(text.count_chars())]
    for i, letter in enumerate([*letters, " "]):
        if letter.strip():
            x0, bottom, x1, upper = text.get_charbox(i, loose=True)
            here = [x0 - left, top - upper, x1 - left, top - bottom]
            box = here if box is None else [*map(min, box[:2], here[:2]), *map(max, box[2:], here[2:])]
            word += letter
        elif word:
            words.append([word, *([] if turned else box)])
            word, box = "", None
    print(json.dumps([number, words]))
