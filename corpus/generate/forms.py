"""The forms: a document's data and body become blocks to print and, from the same data, its label.

A body is one block a line:
  # text       heading, in the label's headings (SIF: and on the contents page)   ## text  the same, second level
  #! text      set like a heading, not in the label                               ### text  a minor heading, not in the label
  - text       bullet        -- text  sub-bullet of the item above                -/ -i/   bullet with white space below
  . text       numbered paragraph, the number goes on by itself
  -i .i        the same, an item to improve;  -p .p priority action;  -l .l the board's;  -s strength
  |h a | b     head of a table;  |: a | b row;  |i text  row that is an item;  |p who | text  row of a priority action;  |~ a | b borderless
               ' ;; ' in a cell begins a bullet
  !box a | b   a heading boxed with its grade        !key a | b  the same, not in the label        !study title … !end   a boxed study
  !break !space N !contents !widths A B
  @topic tone n …  filler prose (prose.toml), anywhere in a text
"""
import re
from datetime import date

import cqc
import hiqa
from blocks import P, H, L, N, T, Contents, Space, Break, Prose, plain

MARK = "Fictional document made for tests"


def day(iso):
    d = date.fromisoformat(iso)
    return f"{d.day} {d:%B %Y}"


class Body:
    """Reads a body; keeps the blocks to print and what the label must hold."""

    def __init__(self, text, prose, contents=False):
        self.blocks, self.headings, self.number = [], [], 0
        self.items = {"i": [], "p": [], "l": [], "s": []}
        self.responsible, self.entries = [], []
        self.prose, self.contents_page, self.widths = prose, None, [5, 11]
        self.out = [self.blocks]
        for line in text.strip().splitlines():
            if line.strip():
                self.line(line.strip())

    def add(self, block):
        self.out[-1].append(block)

    def last(self, kind):
        return self.out[-1][-1] if self.out[-1] and isinstance(self.out[-1][-1], kind) else None

    def heading(self, level, text):
        self.headings.append(plain(text))
        self.entries.append((level, plain(text)))

    def line(self, line):
        code, _, rest = line.partition(" ")
        rest = rest.strip()
        if code in ("#", "##"):
            self.heading(len(code), rest)
            self.add(H(self.prose(rest), len(code)))
        elif code == "#!":
            self.add(H(self.prose(rest), 1))
        elif code == "###":
            self.add(H(self.prose(rest), 2))
        elif re.fullmatch(r"-[ipls]?/?", code):
            text = self.prose(rest)
            block = self.last(L)
            if not block or block.loose != code.endswith("/"):
                block = L([], code.endswith("/"))
                self.add(block)
            block.items.append(text)
            self.open = self.items.get(code.strip("-/"))
            if self.open is not None:
                self.open.append(plain(text))
        elif code == "--":
            block, text = self.last(L), self.prose(rest)
            head, subs = block.items[-1] if isinstance(block.items[-1], tuple) else (block.items[-1], [])
            block.items[-1] = (head, subs + [text])
            if self.open:
                self.open[-1] += " " + plain(text)
        elif re.fullmatch(r"\.[ipl]?", code):
            self.number += 1
            text = self.prose(rest)
            self.add(N(self.number, text))
            if code[1:]:
                self.items[code[1:]].append(plain(text))
        elif code in ("|h", "|:", "|i", "|p", "|~"):
            self.row(code[1], [c.strip() for c in rest.split(" | ")])
        elif code == "!widths":
            self.widths = [float(w) for w in rest.split()]
        elif code == "!box":
            text, grade = (x.strip() for x in rest.split(" | "))
            self.heading(2, text)
            # Narrow enough for the heading to wrap around its grade.
            self.add(T([[[P(f"**{text}**", "table")], [P(f"**{grade}**", "table")]]], [7.5, 8.5], middle=True))
        elif code == "!key":
            text, grade = (x.strip() for x in rest.split(" | "))
            self.add(T([["Key judgement", "Judgement grade"], [[P(f"**{text}**", "table")], [P(f"**{grade}**", "table")]]], [8, 6], head=True, middle=True))
        elif code == "!study":
            self.out.append([P(f"**{rest}**", "table")])
        elif code == "!end":
            inner = self.out.pop()
            self.add(T([[inner]], [16]))
        elif code == "!break":
            self.add(Break())
        elif code == "!space":
            self.add(Space(int(rest)))
        elif code == "!contents":
            self.contents_page = Contents([])
            self.add(self.contents_page)
        elif line.startswith("!"):
            raise SystemExit(f"unknown: {line}")
        else:
            text = self.prose(line)
            self.add(P(text, "table" if len(self.out) > 1 else "body"))

    def row(self, kind, cells):
        cells = [self.prose(c) for c in cells]
        border = kind != "~"
        block = self.last(T)
        if not block or block.border != border or len(block.rows[0]) != len(cells) or kind == "h":
            block = T([], self.widths if len(cells) == len(self.widths) else [16], border=border, head=kind == "h")
            self.add(block)
        printed = []
        for c in cells:
            first, *subs = c.split(" ;; ")
            printed.append([P(first, "table"), L(subs)] if subs else c)
        block.rows.append(printed)
        text = plain(cells[-1].replace(" ;; ", " "))
        if kind in "ip" and len(cells) <= 2:
            self.items[kind].append(text)
        if kind == "p":
            self.responsible.append(plain(cells[0]))


def person(name):
    return re.sub(r"^(Mr|Mrs|Ms|Miss|Dr|Sir|Dame) ", "", re.sub(r",? (OBE|CBE|QPM|HMI)$", "", name))


def grade(printed):
    return re.sub(r" to be good$", "", printed.lower())


def back_page(d):
    """The real forms end with a page about Ofsted; this one says that the document is none of theirs."""
    year = d["start"][:4]
    return [Break(), P(f"{MARK}. The area, the council, the people and the findings in it are invented; no inspection took place and Ofsted had no part in it.", "small"),
            P("The Office for Standards in Education, Children’s Services and Skills (Ofsted) is named because reports of this form end with a page about their publisher, which a reader of them has to leave aside.", "small"),
            P("Large print and Braille: please make your own.", "small"),
            P("Piccadilly Gate\nStore Street\nManchester\nM1 2WD", "small"),
            P("T: 0300 123 1231\nTextphone: 0161 618 8524\nE: enquiries@ofsted.gov.uk\nW: www.gov.uk/ofsted", "small"),
            P(f"© Crown copyright {year}", "small")]


def letterhead():
    return T([[[P("Ofsted\nPiccadilly Gate\nStore Street\nManchester\nM1 2WD", "letterhead")],
               [P("**T** 0300 123 1231\n**Textphone** 0161 618 8524\nenquiries@ofsted.gov.uk\nwww.gov.uk/ofsted\n" + MARK, "letterhead")]]], [4, 12], border=False)


def base(d, kind):
    return {
        "id": None, "path": None, "kind": kind, "local_authority": d["area"], "provider_as_printed": d["provider"],
        "inspection_start": d.get("start"), "inspection_end": d.get("end"), "published": d.get("published"),
        "letter_date": d.get("date"), "lead_inspector": None, "inspectors": [], "addressees": [],
    }


def rest(label, d, body):
    label["judgements"] = [{"area": a, "grade": g if kind_send(label) else grade(g)} for a, g in d.get("judgements", [])]
    label["improvements"] = body.items["i"]
    label["priority_actions"] = body.items["p"]
    if body.responsible:
        label["priority_action_responsible"] = body.responsible
    label["lscb_recommendations"] = body.items["l"]
    label["strengths"] = body.items["s"]
    label["headings"] = body.headings
    label["last_numbered_paragraph"] = body.number or None if label["kind"] == "ilacs" else None
    label["signatories"] = [{"name": person(s["name"]), "role": s["role"].replace("\n", ", "), "organisation": s.get("organisation")} for s in d.get("signatories", [])]
    label["notes"] = f"{MARK}. " + d.get("notes", "")
    return label


def kind_send(label):
    return label["kind"] == "area-send"


def visit_letter(d, body, kind):
    what = {"focused-visit": "focused visit", "monitoring-visit": "monitoring visit"}[kind]
    title = d.get("title", f"{what.capitalize()} to {d['provider_title']} children’s services")
    to = d["addressee"]
    lines = [to["name"], to.get("role"), to.get("organisation"), *to["address"], to["postcode"]]
    blocks = [letterhead(), Space(24)] if d.get("letterhead", True) else [P(MARK, "small")]
    if d.get("date"):
        blocks += [P(day(d["date"]), "line"), Space(10)]
    blocks += [P(x, "line") for x in lines if x]
    blocks += [Space(18), P("Dear " + d["salutation"] + d.get("after_salutation", "")), H(title)]
    blocks += [P(body.prose(t)) for t in d.get("before", [])]
    blocks.append(P(f"This letter summarises the findings of {d.get('article', 'the')} {what} to {d['provider_title']} children’s services {d['visit']}. {d['team']}"))
    if d.get("theme"):
        lead = d.get("theme_lead", "Inspectors looked at the local authority’s arrangements for")
        if d.get("theme_list"):
            blocks += [P(f"{lead} {d['theme']}:"), L(d["theme_list"])]
        else:
            blocks.append(P(f"{lead} {d['theme']}.{d.get('theme_more', '')}"))
    blocks += [P(body.prose(t)) for t in d.get("after", [])]
    blocks += body.blocks
    blocks += [P(body.prose(t)) for t in d.get("closing", [])]
    if d.get("sincerely", True):
        blocks.append(P("Yours sincerely"))
    blocks.append(Space(30))
    for s in d["signatories"]:
        blocks += [P(s["name"], "line"), P(s["role"], "line")]
    label = base(d, kind)
    role = d.get("inspector_role", "His Majesty’s Inspector" if d["start"] >= "2022-09-08" else "Her Majesty’s Inspector")
    label["inspectors"] = [{"name": n, "role": role, "organisation": "Ofsted"} for n in d["inspectors"]]
    if d.get("lead"):
        label["lead_inspector"] = d["lead"]
        for x in label["inspectors"]:
            x["role"] = "lead inspector" if x["name"] == d["lead"] else "team inspector"
    label["addressees"] = [{"name": person(to["name"]), "role": to.get("role"), "organisation": to.get("organisation"),
                            "address": to["address"], "postcode": to["postcode"]}]
    label["salutation"] = d["salutation"]
    label["subject"] = title
    theme = d.get("theme")
    if d.get("theme_list"):
        theme += ": " + "; ".join(t.rstrip(".") for t in d["theme_list"])
    label["theme"] = theme
    label["visits"] = d.get("visits", [[d["start"], d["end"]]])
    return blocks, rest(label, d, body)


def ilacs(d, body):
    blocks = [P(line, "title") for line in d["title"]] + [Space(4)]
    blocks.append(P(f"**{d.get('dates_label', 'Inspection dates')}:** {d['dates']}"))
    lead = d["lead"]
    blocks += [P(f"**Lead inspector:** {lead}{d.get('lead_sep', ', ')}{d['lead_title']}"), Space(4)]
    rows = [["Judgement", "Grade"]] + [[a, g] for a, g in d["judgements"]]
    blocks.append(T(rows, d.get("table_widths", [8, 5]), head=True, middle=d.get("table_middle", True)))
    blocks += body.blocks + back_page(d)
    label = base(d, "ilacs")
    label["lead_inspector"] = lead
    label["inspectors"] = [{"name": lead, "role": "Lead inspector", "organisation": "Ofsted"}]
    if d.get("visits"):
        label["visits"] = d["visits"]
    return blocks, rest(label, d, body)


def sif(d, body):
    e, j = d["edition"], dict(d["judgements"])
    blocks = [P(d["provider"], "title"),
              P("Inspection of services for children in need of help and protection, children looked after and care leavers", "subtitle"),
              P("and"),
              P("Review of the effectiveness of the " + ("local safeguarding children board" if e == "2013-14" else "Local Safeguarding Children Board")
                + "^[One report covers the inspection and the review. " + MARK + "; the law that lets the two be printed together is not quoted here.]", "subtitle"),
              P(f"{d.get('dates_label', 'Inspection date')}: {d['dates']}")]
    if d.get("published"):
        blocks.append(P(f"{d.get('published_label', 'Report published')}: {day(d['published'])}"))
    head = [[P(f"**{d['overall_sentence']}**", "table"), *[P(t, "table") for t in d.get("overall_text", [])]]]
    number, sub, rows = 0, 0, [head]
    for a, g in d["judgements"]:
        if a.startswith(("Overall", "Local Safeguarding")):
            continue
        if a.startswith(("Adoption", "Experiences")):
            sub += 1
            rows.append(["", f"{number}.{sub} {a}", g])
        else:
            number, sub = number + 1, 0
            rows.append([f"{number}.", f"**{a}**" if e == "2015-17" else a, g])
    if e == "2014-15":
        rows.insert(1, [[P("The judgements on areas of the service that contribute to overall effectiveness are:", "table")]])
    blocks.append(T(rows, [1, 8.5, 5.5], middle=True))
    if e == "2013-14":
        blocks.append(T([[[P(f"**{d['lscb_sentence']}**", "table"), P(body.prose(d["lscb_text"]), "table")]]], [15]))
    blocks += body.blocks + back_page(d)
    if body.contents_page is None:
        raise SystemExit("a SIF report needs !contents")
    body.contents_page.entries = body.entries
    label = base(d, "sif")
    team = d["team"]
    label["lead_inspector"] = team[0][1]
    label["inspectors"] = [{"name": n, "role": r, "organisation": o or None} for r, n, o in team]
    assert len(j) == 7
    return blocks, rest(label, d, body)


def pre2013(d, body):
    blocks = [P("Inspection of looked after children services", "title"), P(d["provider"], "subtitle"), Space(60),
              T([["**Inspection dates:**", d["dates"]], ["**Reporting inspector**", d["lead"] + " HMI"]], [4.5, 8], border=False), Space(30),
              T([["**Age group:**", "All"], ["**Published:**", day(d["published"])]], [4.5, 8], border=False),
              Break(), P(f"© Crown copyright {d['published'][:4]}", "small"), P("Website: www.ofsted.gov.uk", "small"),
              P(MARK + ". The council, the people and the findings are invented.", "small"), Break()]
    blocks += body.blocks
    blocks += [H("Record of main findings"), P("**Services for looked after children**"), T([[a, g] for a, g in d["judgements"]], [10, 4])]
    body.heading(1, "Record of main findings")
    body.contents_page.entries = body.entries
    label = base(d, "safeguarding-pre2013")
    label["lead_inspector"] = d["lead"]
    label["inspectors"] = [{"name": d["lead"], "role": "Reporting inspector", "organisation": "Ofsted"}]
    return blocks, rest(label, d, body)


def jtai(d, body):
    blocks = [P(day(d["date"]), "line"), Space(10)]
    blocks += [P(a["printed"], "line") for a in d["addressees"]]
    blocks += [Space(18), P("Dear " + d["salutation"]), H(d["title"])] + [P(body.prose(t)) for t in d["opening"]]
    blocks += body.blocks + [P("Yours sincerely")]
    s = d["signatories"]
    if d["edition"] == "2016-19":
        cell = lambda x: [P(f"**{x['organisation']}**", "table"), Space(26), P(x["name"], "table"), P(x["role"], "table")]
        blocks.append(T([[cell(s[0]), cell(s[1])], [cell(s[2]), cell(s[3])]], [8, 8], border=d.get("grid_border", True)))
    else:
        for x in s:
            org = f", {x['organisation']}" if x.get("organisation") else ""
            blocks += [Space(28), P(x["name"], "line"), P(x["role"] + org, "line")]
    label = base(d, "jtai")
    label["addressees"] = [{"name": person(a["name"]), "role": a.get("role"), "organisation": a.get("organisation"), "address": [], "postcode": None}
                           for a in d["addressees"]]
    return blocks, rest(label, d, body)


OUTCOMES = {
    "1": ["The local area partnership’s arrangements typically lead to positive experiences and outcomes for children and young people with special educational needs and/or disabilities (SEND). The local area partnership is taking action where improvements are needed."],
    "2": ["The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children and young people with special educational needs and/or disabilities (SEND). The local area partnership must work jointly to make improvements."],
    "3": ["There are widespread and/or systemic failings leading to significant concerns about the experiences and outcomes of children and young people with special educational needs and/or disabilities (SEND), which the local area partnership must address urgently."],
}


def area_send(d, body):
    outcome = d["judgements"][0][1]
    blocks = [P(d.get("over_title", "Local area partnership report")), Space(14), P(f"Area SEND inspection of {d['provider']}", "title"),
              P(f"**Inspection dates:** {d['dates']}"), P(f"**Date of previous inspection:** {d['previous']}"), Space(6)]
    inner = [H("Inspection outcome")] + [P(t) for t in OUTCOMES[outcome] + d["next"]]
    body.headings.insert(0, "Inspection outcome")
    blocks += [T([[inner]], [16])] if d.get("boxed") else inner
    blocks += body.blocks
    label = base(d, "area-send")
    columns = [[("Ofsted", *x) for x in d["ofsted"]], [("CQC", *x) for x in d["cqc"]]]
    rows = [["**Ofsted**", "**Care Quality Commission**"]]
    for k in range(max(map(len, columns))):
        rows.append([f"{c[k][1]}, {c[k][2]}" if k < len(c) else "" for c in columns])
    body.headings.append("Inspection team")
    blocks += [H("Inspection team"), T(rows, [8, 8], border=False)] + back_page(d)
    label["inspectors"] = [{"name": n, "role": r, "organisation": o} for c in columns for o, n, r in c]
    label["lead_inspector"] = d["ofsted"][0][0]
    return blocks, rest(label, d, body)


FORMS = {"focused-visit": lambda d, b: visit_letter(d, b, "focused-visit"), "monitoring-visit": lambda d, b: visit_letter(d, b, "monitoring-visit"),
         "ilacs": ilacs, "sif": sif, "pre2013": pre2013, "jtai": jtai, "area-send": area_send}


OTHERS = {"hiqa": hiqa, "cqc": cqc}


def footer(d):
    """The running footers of each form, as its data asks for them."""
    if "footer" in d:
        return d["footer"]
    return {"focused-visit": {"number": "own"}, "monitoring-visit": {"number": "own"}, "jtai": {"lines": [MARK], "number": "own", "first": True},
            "ilacs": {"lines": ["Inspection of " + d["provider"] + " children’s services", d.get("dates", "")], "bold": True},
            "sif": {"number": "own", "first": True},
            "area-send": {"lines": ["Inspection report: " + d["provider"], d.get("dates", "")], "number": "own"}}.get(d["form"])


def make(slug, d, text):
    prose = Prose(slug, {"area": d["area"], "door": "the front door"} | d.get("names", {}))
    look = {"title": d.get("pdf_title", d["area"]), "subject": MARK, **d.get("look", {})}
    if d["form"] in OTHERS:  # other regulators' forms, each in a module of its own
        form = OTHERS[d["form"]]
        blocks, label = form.make(d, text, prose)
        look["footer"] = d.get("footer", form.FOOTER(d))
        return blocks, label, look, None
    body = Body(text, prose)
    blocks, label = FORMS[d["form"]](d, body)
    if footer(d):
        look["footer"] = footer(d)
    if d.get("header"):
        look["header"] = d["header"]
    return blocks, label, look, body.contents_page
