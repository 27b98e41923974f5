"""Prints blocks as Typst source."""
import json

from blocks import P, H, L, N, T, Contents, Space, Break, inline

SIZES = {"body": 11, "line": 11, "title": 20, "subtitle": 13, "small": 8.5, "table": 10.5, "letterhead": 8, "h1": 13, "h2": 12}


def s(text):
    return json.dumps(text, ensure_ascii=False)


def runs(text):
    parts = []
    for kind, words in inline(text):
        if kind == "bold":
            parts.append(f"strong({s(words)})")
        elif kind == "note":
            parts.append(f"footnote({s(words)})")
        else:
            for k, line in enumerate(words.split("\n")):
                if k:
                    parts.append("linebreak()")
                if line:
                    parts.append(f"text({s(line)})")
    return "[" + "".join(f"#{p}" for p in parts) + "]"


class Typ:
    def __init__(self, look):
        self.look = look
        self.sizes = SIZES | look.get("sizes", {})

    def block(self, b):
        if isinstance(b, P):
            r = runs(b.text)
            if b.style == "body":
                return f"#par{r}"
            if b.style == "line":
                return f"#block(spacing: 5pt)[#par{r}]"
            if b.style == "table":
                return r[1:-1] + "\n\n"
            weight = "bold" if b.style == "subtitle" else "regular"
            return f'#block(below: 10pt, par(text(size: {self.sizes[b.style]}pt, weight: "{weight}"){r}))'
        if isinstance(b, H):
            if not self.look.get("heading_tags", True):
                return f'#block(above: 14pt, below: 9pt, sticky: true, par(text(size: {self.sizes[f"h{b.level}"]}pt, weight: "bold"){runs(b.text)}))'
            return f"#heading(level: {b.level}){runs(b.text)}"
        if isinstance(b, L):
            items = []
            for item in b.items:
                text, subs = (item, []) if isinstance(item, str) else item
                body = runs(text)
                if subs:
                    body = f"[{body[1:-1]}#list(marker: [–], {', '.join(runs(x) for x in subs)})]"
                items.append(body)
            spacing = "12pt" if b.loose else "8pt"
            return f"#list(tight: false, spacing: {spacing}, {', '.join(items)})"
        if isinstance(b, N):
            return f"#enum(start: {b.number}, body-indent: 8pt, number-align: start, enum.item({b.number}){runs(b.text)})"
        if isinstance(b, T):
            cells = []
            for r, row in enumerate(b.rows):
                for c in row:
                    inner = "[" + "\n".join(self.block(x) for x in c) + "]" if isinstance(c, list) else runs(f"**{c}**" if b.head and r == 0 and "**" not in c else c)
                    inner = f"table.cell(colspan: {len(b.widths)}, {inner})" if len(row) == 1 < len(b.widths) else inner
                    cells.append(inner)
            if b.head:
                n = len(b.rows[0])
                cells = [f"table.header({', '.join(cells[:n])})"] + cells[n:]
            stroke = "0.5pt" if b.border else "none"
            align = "horizon" if b.middle else "top"
            return (f"#block(below: 12pt)[#set text(size: {self.sizes['table']}pt)\n#table(columns: ({', '.join(f'{w}cm' for w in b.widths)},), stroke: {stroke}, "
                    f"inset: {'(x: 4pt, y: 5pt)' if b.border else '(x: 0pt, y: 3pt)'}, align: {align} + left, {', '.join(cells)})]")
        if isinstance(b, Contents):
            out = []
            for i, (lv, h) in enumerate(b.entries):
                w = "bold" if lv == 1 else "regular"
                fill = 'box(width: 1fr, repeat[.])' if self.look.get("dots") else "h(1fr)"
                out.append(f'#block(spacing: 7pt, inset: (left: {0 if lv == 1 else 14}pt), par[#text(weight: "{w}", {s(h)}) #{fill} #text({s(str(b.pages.get((i, h), 0)))})])')
            return "\n".join(out)
        if isinstance(b, Space):
            return f"#v({b.points}pt)"
        if isinstance(b, Break):
            return "#pagebreak()"
        raise TypeError(b)

    def footer(self):
        f = self.look.get("footer")
        if not f:
            return "none"
        num = '"Page " + counter(page).display() + " of " + str(counter(page).final().first())' if f.get("of") else "counter(page).display()"
        lines, place = [f"[#text({s(x)})]" for x in f.get("lines", [])], f.get("number", "right")
        if place == "own" or (place == "right" and not lines):
            lines.append(f"[#h(1fr) #({num})]")
        elif place == "alternate":
            lines.append(f"if calc.odd(here().page()) {{ [#h(1fr) #({num})] }} else {{ [#({num}) #h(1fr)] }}")
        elif place == "right":
            lines[-1] = lines[-1][:-1] + f"#h(1fr) #({num})]"
        body = " + linebreak() + ".join(f"({x})" for x in lines)
        weight = '"bold"' if f.get("bold") else '"regular"'
        shown = f"text(size: 8pt, weight: {weight}, {body})"
        return f"context {{ {shown} }}" if f.get("first") else f"context {{ if counter(page).get().first() > 1 {{ {shown} }} }}"

    def document(self, blocks):
        k = self.look
        bullet = k.get("bullet", "◼")
        size = "7pt" if bullet == "◼" else "11pt"
        header = f'context {{ if here().page() > 1 {{ text(size: 8pt)[#text({s(k["header"])}) #h(1fr) #counter(page).display()] }} }}' if k.get("header") else "none"
        return "\n".join([
            f'#set document(title: {s(k["title"])}, description: {s(k["subject"])}, date: none)',
            f'#set page(paper: "a4", margin: (x: 2.5cm, top: 2.2cm, bottom: 2.4cm), footer: {self.footer()}, header: {header})',
            f'#set text(font: ({s(k.get("font", "Liberation Sans"))}, "DejaVu Sans"), size: {self.sizes["body"]}pt, lang: "en", region: "GB", hyphenate: false)',
            "#set par(justify: false, leading: 0.62em, spacing: 1.1em)",
            f'#set list(indent: 2pt, body-indent: 8pt, marker: (text(font: "DejaVu Sans", size: {size}, {s(bullet)}), [–]))',
            "#show footnote.entry: set text(size: 8pt)",
            f'#show heading: it => block(above: 14pt, below: 9pt, sticky: true, text(size: if it.level == 1 {{ {self.sizes["h1"]}pt }} else {{ {self.sizes["h2"]}pt }}, weight: "bold", it.body))',
            *[self.block(b) for b in blocks], ""])
