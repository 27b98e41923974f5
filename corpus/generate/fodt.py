"""Prints blocks as flat ODT, which LibreOffice turns into PDF."""
from xml.sax.saxutils import escape

from blocks import P, H, L, N, T, Contents, Space, Break, inline

STYLES = {  # name: (size, bold, space above, space below, extra paragraph properties)
    "body": (11, False, 0, 8, ""),
    "line": (11, False, 0, 0, ""),
    "title": (20, False, 0, 6, ""),
    "subtitle": (13, True, 0, 6, ""),
    "small": (8.5, False, 0, 4, ""),
    "table": (10.5, False, 2, 2, ""),
    "table-bold": (10.5, True, 2, 2, ""),
    "h1": (13, True, 10, 6, 'fo:keep-with-next="always"'),
    "h2": (12, True, 8, 4, 'fo:keep-with-next="always"'),
    "bullet": (11, False, 0, 4, ""),
    "bullet-loose": (11, False, 0, 9, ""),
    "numbered": (11, False, 0, 8, ""),
    "letterhead": (8, False, 0, 0, ""),
    "foot": (8, False, 0, 0, ""),
    "foot-bold": (8, True, 0, 0, ""),
    "break": (2, False, 0, 0, 'fo:break-before="page"'),
    "gap": (2, False, 0, 0, ""),
    "toc1": (11, True, 4, 3, ""),
    "toc2": (11, False, 0, 3, 'fo:margin-left="0.6cm"'),
    "Footnote": (8.5, False, 0, 0, ""),
}
NS = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"' for p, u in {
    "office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible",
    "svg": "svg-compatible", "meta": "meta"}.items()) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


class Fodt:
    def __init__(self, look):
        self.look, self.auto, self.tables, self.notes = look, [], 0, 0

    def runs(self, text):
        out = []
        for kind, words in inline(text):
            if kind == "bold":
                out.append(f'<text:span text:style-name="bold">{escape(words)}</text:span>')
            elif kind == "note":
                self.notes += 1
                n = self.notes
                out.append(f'<text:note text:id="ftn{n}" text:note-class="footnote"><text:note-citation>{n}</text:note-citation>'
                           f'<text:note-body><text:p text:style-name="Footnote">{escape(words)}</text:p></text:note-body></text:note>')
            else:
                out.append(escape(words).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>"))
        return "".join(out)

    def p(self, text, style):
        return f'<text:p text:style-name="{style}">{self.runs(text)}</text:p>'

    def block(self, b):
        if isinstance(b, P):
            return self.p(b.text, b.style)
        if isinstance(b, H):
            if not self.look.get("heading_tags", True):
                return self.p(b.text, f"h{b.level}")
            return f'<text:h text:style-name="h{b.level}" text:outline-level="{b.level}">{self.runs(b.text)}</text:h>'
        if isinstance(b, L):
            style, items = "bullet-loose" if b.loose else "bullet", []
            for item in b.items:
                text, subs = (item, []) if isinstance(item, str) else item
                sub = ""
                if subs:
                    sub = "<text:list>" + "".join(f"<text:list-item>{self.p(s, style)}</text:list-item>" for s in subs) + "</text:list>"
                items.append(f"<text:list-item>{self.p(text, style)}{sub}</text:list-item>")
            return f'<text:list text:style-name="LB">{"".join(items)}</text:list>'
        if isinstance(b, N):
            return (f'<text:list text:style-name="LN"><text:list-item text:start-value="{b.number}">'
                    f'{self.p(b.text, "numbered")}</text:list-item></text:list>')
        if isinstance(b, T):
            return self.table(b)
        if isinstance(b, Contents):
            return "".join(self.p(f"{h}\t{b.pages.get((i, h), 0)}", f"toc{lv}") for i, (lv, h) in enumerate(b.entries))
        if isinstance(b, Space):
            self.auto.append(f'<style:style style:name="sp{b.points}" style:family="paragraph" style:parent-style-name="gap">'
                             f'<style:paragraph-properties fo:margin-bottom="{b.points}pt"/></style:style>')
            return f'<text:p text:style-name="sp{b.points}"/>'
        if isinstance(b, Break):
            return '<text:p text:style-name="break"/>'
        raise TypeError(b)

    def table(self, t):
        self.tables += 1
        name, out = f"t{self.tables}", []
        self.auto.append(f'<style:style style:name="{name}" style:family="table"><style:table-properties '
                         f'style:width="{sum(t.widths)}cm" table:align="left" fo:margin-bottom="0.3cm"/></style:style>')
        for i, w in enumerate(t.widths):
            self.auto.append(f'<style:style style:name="{name}c{i}" style:family="table-column"><style:table-column-properties style:column-width="{w}cm"/></style:style>')
            out.append(f'<table:table-column table:style-name="{name}c{i}"/>')
        cell = "cell" + ("b" if t.border else "n") + ("m" if t.middle else "")
        for r, row in enumerate(t.rows):
            cells = ""
            for c in row:
                inner = "".join(self.block(x) for x in c) if isinstance(c, list) else self.p(c, "table-bold" if t.head and r == 0 else "table")
                span = f' table:number-columns-spanned="{len(t.widths)}"' if len(row) == 1 < len(t.widths) else ""
                covered = "<table:covered-table-cell/>" * (len(t.widths) - 1) if span else ""
                cells += f'<table:table-cell table:style-name="{cell}" office:value-type="string"{span}>{inner}</table:table-cell>{covered}'
            row_xml = f"<table:table-row>{cells}</table:table-row>"
            out.append(f"<table:table-header-rows>{row_xml}</table:table-header-rows>" if t.head and r == 0 else row_xml)
        return f'<table:table table:name="{name}" table:style-name="{name}">{"".join(out)}</table:table>'

    def footer(self, mirrored=False):
        f = self.look["footer"]
        num = '<text:page-number text:select-page="current"/>'
        if f.get("of"):
            num = f'Page {num} of <text:page-count/>'
        lines = [escape(x) for x in f.get("lines", [])]
        place = f.get("number", "right")
        if place == "none":
            pass
        elif place == "own":
            lines.append("<text:tab/>" + num)
        elif place == "alternate":
            lines.append(num if mirrored else "<text:tab/>" + num)
        elif lines:
            lines[-1] += "<text:tab/>" + num
        else:
            lines.append("<text:tab/>" + num)
        style = "foot-bold" if f.get("bold") else "foot"
        return "".join(f'<text:p text:style-name="{style}">{x}</text:p>' for x in lines)

    def document(self, blocks):
        look = self.look
        body = "".join(self.block(b) for b in blocks)
        font, glyph = look.get("font", "Liberation Sans"), look.get("bullet", "◼")
        styles = []
        for name, (size, bold, above, below, extra) in STYLES.items():
            size = look.get("sizes", {}).get(name, size)
            tabs = ('<style:tab-stops><style:tab-stop style:position="16cm" style:type="right"'
                    + (' style:leader-style="dotted" style:leader-text="."' if name.startswith("toc") and look.get("dots") else "")
                    + "/></style:tab-stops>") if name.startswith(("toc", "foot")) else ""
            styles.append(f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:margin-top="{above}pt" '
                          f'fo:margin-bottom="{below}pt" fo:orphans="2" fo:widows="2" {extra}>{tabs}</style:paragraph-properties>'
                          f'<style:text-properties style:font-name="F" fo:font-size="{size}pt" fo:font-weight="{"bold" if bold else "normal"}" '
                          f'fo:language="en" fo:country="GB"/></style:style>')
        def level(n, left):
            return (f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="{glyph if n == 1 else "–"}"><style:list-level-properties '
                    f'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" '
                    f'text:list-tab-stop-position="{left}cm" fo:text-indent="-0.6cm" fo:margin-left="{left}cm"/></style:list-level-properties>'
                    f'<style:text-properties style:font-name="D" fo:font-size="{7.5 if n == 1 and glyph == "◼" else 11}pt"/></text:list-level-style-bullet>')
        lists = (f'<text:list-style style:name="LB">{level(1, 0.6)}{level(2, 1.4)}</text:list-style>'
                 '<text:list-style style:name="LN"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties '
                 'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" '
                 'text:list-tab-stop-position="1.1cm" fo:text-indent="-1.1cm" fo:margin-left="1.1cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>')
        cells = "".join(
            f'<style:style style:name="cell{b}{m}" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" '
            f'fo:border="{"0.5pt solid #000000" if b == "b" else "none"}"{" style:vertical-align=" + chr(34) + "middle" + chr(34) if m else ""}/></style:style>'
            for b in "bn" for m in ("", "m"))
        header = f'<style:header><text:p text:style-name="foot">{escape(look["header"])}<text:tab/><text:page-number text:select-page="current"/></text:p></style:header>' if look.get("header") else ""
        has = "footer" in look
        foot = f"<style:footer>{self.footer()}</style:footer>" if has else ""
        if has and look["footer"].get("number") == "alternate":
            foot += f"<style:footer-left>{self.footer(True)}</style:footer-left>"
        first = foot if has and look["footer"].get("first") else ""
        fh = '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/></style:header-style>' \
             '<style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.3cm"/></style:footer-style>'
        page = ('<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="1.5cm" '
                'fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>')
        start = body.find('text:style-name="') + len('text:style-name="')
        # The first block opens the first page's master: give it a style of its own.
        first_style = body[start:body.index('"', start)]
        family = "table" if body.startswith("<table") else "paragraph"
        if family == "table":
            self.auto = [a.replace('style:name="t1" style:family="table"', 'style:name="t1" style:family="table" style:master-page-name="First"') for a in self.auto]
        else:
            self.auto.append(f'<style:style style:name="opening" style:family="paragraph" style:parent-style-name="{first_style}" style:master-page-name="First"/>')
            body = body[:start] + "opening" + body[body.index('"', start):]
        return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {NS} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
                f'<office:meta><dc:title>{escape(look["title"])}</dc:title><dc:subject>{escape(look["subject"])}</dc:subject></office:meta>'
                f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="{font}"/><style:font-face style:name="D" svg:font-family="DejaVu Sans"/></office:font-face-decls>'
                f'<office:styles>{"".join(styles)}<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>{lists}'
                '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format=""/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
                '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>'
                f'</office:styles><office:automatic-styles>{"".join(dict.fromkeys(self.auto))}{cells}'
                f'<style:page-layout style:name="pl">{page}{fh}</style:page-layout></office:automatic-styles>'
                f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">{header}{foot}</style:master-page>'
                f'<style:master-page style:name="First" style:page-layout-name="pl" style:next-style-name="Standard">{first}</style:master-page></office:master-styles>'
                f'<office:body><office:text>{body}</office:text></office:body></office:document>')
