#!/usr/bin/env python3
"""Documents of the formats in files: letters of a regulator that does not exist, a school's report, a form of observations.

Writes corpus/westmoor, corpus/ofsted-school and corpus/fda-483: a document beside x.label.json, which holds what was printed, by pointer.
"""

import json
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen import canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

CORPUS = Path(__file__).parent.parent
MADE = "Fictional document made for tests."

LETTERS = [
    dict(name="alder-house", home="Alder House", address=["3 Mill Row", "Westmoor", "ZZ4 1AB"], number="WCB-20417",
         days="4 March 2024", start="2024-03-04", end="2024-03-04", kind="Unannounced", manager="Ines Corrigan",
         grades=["Good", "Fair", "Good"], inspector="Tamsin Oakley", places=24,
         actions=["Record the temperature of the medicines fridge each day.", "Show each resident how a complaint is made."]),
    dict(name="birch-court", home="Birch Court Residential Home", address=["Station Lane", "Upper Westmoor", "ZZ4 7QX"],
         number="WCB-20433", days="11 to 13 March 2024", start="2024-03-11", end="2024-03-13", kind="Announced",
         manager="Declan Farrow", grades=["Fair", "Weak", "Fair"], inspector="Robin Sayle", places=41,
         actions=["Employ enough staff for the nights.", "Repair the lift.", "Review the plan of each resident every month."]),
    dict(name="cedar-lodge", home="Cedar Lodge", address=["The Green", "Netherby", "ZZ5 2LD"], number="WCB-20501",
         days="2 and 3 May 2024", start="2024-05-02", end="2024-05-03", kind="Unannounced", manager=None,
         grades=["Good", "Good", "Good"], inspector="Tamsin Oakley", places=12, actions=[]),
]
QUESTIONS = ["Care and support", "Safety", "Running of the home"]


def letter(d):
    lines = ["WESTMOOR CARE BOARD", "Letter after a visit", "", MADE, "",
             f"Home visited: {d['home']}", f"Address: {d['address'][0]}", *d["address"][1:], f"Registration number: {d['number']}",
             f"Kind of visit: {d['kind']}", f"Dates of visit: {d['days']}"]
    if d["manager"]:
        lines.append(f"Manager: {d['manager']}")
    lines += [f"Places: {d['places']}", "", "What we judged", ""]
    for question, grade in zip(QUESTIONS, d["grades"]):
        lines += [f"{question}: {grade}", ""]
    lines += ["What we found", "", f"We spent the visit with the people who live at {d['home']} and with those who work there.",
              "The rooms were warm and the records were at hand.", ""]
    if d["actions"]:
        lines += ["What must be done", ""] + [f"- {a}" for a in d["actions"]] + [""]
    lines += ["Next steps", "", "We will visit again within the year.", "", "Signed for the Board", d["inspector"], "Inspector"]
    return "\n".join(lines) + "\n"


def label_of_letter(d):
    codes = {"Good": "good", "Fair": "fair", "Weak": "weak"}
    return {
        "/provider/name": d["home"], "/inspection/start": d["start"], "/inspection/end": d["end"],
        "/inspection/type": d["kind"].lower(), "/extension/registration_number": d["number"], "/extension/manager": d["manager"],
        "/extension/places": d["places"], "/extension/address": " ".join(d["address"]),
        "/inspectors/0/name": d["inspector"], "grades": [codes[g] for g in d["grades"]], "improvements": d["actions"],
    }


SCHOOL = dict(
    name="Larkrise Primary School", address="Fenwick Lane, Dunmarsh ZZ3 8RT", days="14–15 June 2016", urn="900417", number="90012345",
    authority="Dunmarsh",
    grades=[("Overall effectiveness", "Requires improvement"), ("Effectiveness of leadership and management", "Good"),
            ("Quality of teaching, learning and assessment", "Requires improvement"),
            ("Personal development, behaviour and welfare", "Good"), ("Outcomes for pupils", "Requires improvement"),
            ("Early years provision", "Good")],
    previous="Good", details=[("Type of school", "Primary"), ("School category", "Community"), ("Age range of pupils", "4 to 11"),
                              ("Gender of pupils", "Mixed"), ("Number of pupils on the school roll", "203"),
                              ("Appropriate authority", "The governing body"), ("Telephone number", "01632 960417"),
                              ("Date of previous inspection", "6–7 March 2012")],
    team=[("Odette Marsh, lead inspector", "Her Majesty’s Inspector"), ("Callum Reeve", "Ofsted Inspector")],
    improve=["Improve teaching by setting work that is hard enough for the most able pupils.", "Make sure that pupils read widely."])


def school(d, path):
    size = lambda n, bold=False: ParagraphStyle(str(n), fontName="Helvetica-Bold" if bold else "Helvetica", fontSize=n, leading=n * 1.3, spaceAfter=n * 0.6)
    text, small, title, h1, h2 = size(12), size(10), size(22), size(14, True), size(12, True)
    pad = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]

    def table(rows, style):
        return Table([[Paragraph(c, style) for c in r] for r in rows], colWidths=[290, 190], style=pad, hAlign="LEFT")

    def bullets(items):
        return [Paragraph(i, ParagraphStyle("b", parent=text, leftIndent=18, bulletIndent=0), bulletText="•") for i in items]

    def frame(canvas, doc):
        canvas.setFont("Helvetica", 10)
        if doc.page == 1:
            canvas.drawString(60, 800, "School report")
        canvas.drawString(60, 40, f"Inspection report: {d['name']}, {d['days']}")
        canvas.drawRightString(535, 40, f"Page {doc.page} of 3")

    out = [Paragraph(d["name"], title), Paragraph(d["address"], small), Spacer(1, 10),
           table([("Inspection dates", d["days"])], size(10.5, True)),
           table([*d["grades"], ("Overall effectiveness at previous inspection", d["previous"])], size(10.5, True)), Spacer(1, 10),
           Paragraph("Summary of key findings for parents and pupils", h1), Paragraph("This is a school that requires improvement", size(10, True)),
           *bullets(["Work is not always hard enough.", "Leaders know what to do next."]), Paragraph(MADE, small), PageBreak(),
           Paragraph("Full report", h1), Paragraph("What does the school need to do to improve further?", h2), *bullets(d["improve"]),
           Paragraph("Inspection judgements", h1)]
    for area, grade in d["grades"][1:]:
        out += [table([(area, grade)], h2), *bullets([f"Inspectors judged this after visits to lessons in every class of {d['name']}."])]
    out += [PageBreak(), Paragraph("School details", h1),
            table([("Unique reference number", d["urn"]), ("Local authority", d["authority"]), ("Inspection number", d["number"])], text),
            Paragraph("This inspection of the school was carried out under section 5 of the Education Act 2005.", text),
            table(d["details"], text), Paragraph("Information about this school", h2),
            *bullets(["The school is smaller than the average primary school."]), Paragraph("Information about this inspection", h2),
            *bullets(["Inspectors observed 16 lessons."]), Paragraph("Inspection team", h2), table(d["team"], text)]
    path.parent.mkdir(exist_ok=True)
    SimpleDocTemplate(str(path), invariant=1, title=d["name"], subject=MADE, leftMargin=60, rightMargin=60).build(out, frame, frame)


def label_of_school(d):
    code = lambda g: g.lower().replace(" ", "-")
    return {"/provider/name": d["name"], "/inspection/start": "2016-06-14", "/inspection/end": "2016-06-15",
            "/extension/urn": d["urn"], "/extension/local_authority": d["authority"], "/extension/previous_grade": code(d["previous"]),
            "/inspectors/0/name": "Odette Marsh", "/inspectors/0/lead": True, "/inspectors/1/role": "Ofsted Inspector",
            "grades": [code(g) for _, g in d["grades"]], "improvements": d["improve"]}


FORM = dict(
    district="12 Harbour Plaza, Room 400", town="Port Ellis, ZZ 99901", mail="observations@example.org", days="03/04/2024-03/08/2024",
    fei="3009990417", issued_to="Dr. Imre Halloran, Head of Operations", firm="Larkmoor Remedies Limited",
    street=["Plot 7, Larkmoor Industrial Park, Second Gate", "(Village), Estermere (District)"], city="Estermere, Larkmoor 440099",
    kind="Drug Product Manufacturer", employees=["Odile R Marchetti CSO", "Tom Brandvold Investigator"], issued="03/08/2024",
    observations=[
        ("Procedures for the cleaning of equipment are not established in writing.", "you clean the mixing vessels of Room 4 between batches by a method that no record describes. The operators whom we asked gave three different times for the rinsing."),
        ("Laboratory records do not include the complete data from all tests that assure compliance with specifications and standards.", "on 3/5/2024 we saw that the results of eleven tests had been left out of the report on the batch. Your analyst said that they had been repeated because the first results were high."),
        ("Written procedures are not followed for the sampling of components.", "samples of the powders received in January 2024 were taken from the first drum only. The procedure asks for a sample of each drum, and for a record of who took it."),
    ])
INTRODUCTION = "This document lists observations made by the FDA representative(s) during the inspection of your facility. They are inspectional observations, and do not represent a final Agency determination regarding your compliance."


def form(d, path):
    """Boxes with labels in small print on every page; the first page is drawn in two tiles, which cut lines and words."""
    c = canvas.Canvas(str(path), pagesize=(612, 792), invariant=1)
    c.setTitle(f"{d['firm']}: observations")
    c.setSubject(MADE)
    later = []

    def text(x, y, words, size, font="Helvetica", edge=None):
        c.setFont(font, size)
        cut = next((n for n in range(len(words) + 1) if edge and x + c.stringWidth(words[:n], font, size) > edge), len(words))
        c.drawString(x, y, words[:cut])
        if cut < len(words):
            later.append((x + c.stringWidth(words[:cut], font, size), y, words[cut:], size, font))

    def page(n, lines):
        edge = 408 if n == 1 else None
        put = lambda x, y, words, size=11: text(x, y, words, size, edge=edge)
        box = lambda x, y, words: text(x, y, words, 5, edge=edge)
        put(220, 752, "DEPARTMENT OF HEALTH AND HUMAN SERVICES", 8)
        box(78, 733, "DISTRICT ADDRESS AND PHONE NUMBER")
        for at, line in enumerate((d["district"], d["town"], d["mail"])):
            put(78, 721 - 12 * at, line, 10)
        box(385, 733, "DATE(S) OF INSPECTION")
        put(385, 721, d["days"], 10)
        box(385, 711, "FEI NUMBER")
        put(385, 699, d["fei"])
        box(78, 688, "NAME AND TITLE OF INDIVIDUAL TO WHOM REPORT ISSUED")
        put(78, 674, d["issued_to"])
        box(78, 663, "FIRM NAME")
        put(78, 649, d["firm"])
        box(330, 663, "STREET ADDRESS")
        for at, line in enumerate(d["street"]):
            put(330, 649 - 13 * at, line, 9)
        box(78, 624, "CITY, STATE, ZIP CODE, COUNTRY")
        put(78, 611, d["city"])
        box(330, 624, "TYPE ESTABLISHMENT INSPECTED")
        put(330, 611, d["kind"])
        for at, line in enumerate(lines):
            put(75, 588 - 14 * at, line)
        box(158, 152, "EMPLOYEE(S) SIGNATURE")
        box(355, 152, "EMPLOYEE(S) NAME AND TITLE (Print or Type)")
        for at, name in enumerate(d["employees"]):
            put(345, 128 - 11 * at, name, 9)
        box(504, 152, "DATE ISSUED")
        put(504, 138, d["issued"], 10)
        text(72, 60, "FORM FDA 483 (09/08)", 6)
        text(306, 60, "INSPECTIONAL OBSERVATIONS", 8)
        text(517, 60, f"PAGE {n} OF 2 PAGES", 6)
        for x, y, words, size, font in later:
            c.setFont(font, size)
            c.drawString(x, y, words)
        later.clear()
        c.showPage()

    def paragraph(words):
        return simpleSplit(words, "Helvetica", 11, 460) + [""]

    first = paragraph(INTRODUCTION) + paragraph(MADE) + ["DURING AN INSPECTION OF YOUR FIRM WE OBSERVED:", ""]
    parts = [[f"OBSERVATION {n}", ""] + paragraph(statement) + paragraph("Specifically, " + detail)
             for n, (statement, detail) in enumerate(d["observations"], 1)]
    page(1, first + parts[0] + parts[1])
    page(2, parts[2] + paragraph("Your staff told us that a new procedure is being written. We have not seen it."))
    c.save()


def label_of_form(d):
    return {"/provider/name": d["firm"], "/inspection/start": "2024-03-04", "/inspection/end": "2024-03-08",
            "/extension/fei_number": d["fei"], "/extension/issued_to": d["issued_to"], "/extension/date_issued": "2024-03-08",
            "/extension/street_address": " ".join(d["street"]), "/extension/city_state_zip_country": d["city"],
            "/extension/establishment_type": d["kind"], "/extension/district_office": f"{d['district']} {d['town']} {d['mail']}",
            "/inspectors/0/name": "Odile R Marchetti", "/inspectors/0/role": "CSO", "/inspectors/1/name": "Tom Brandvold",
            "/inspectors/1/role": "Investigator", "/improvements/2/number": 3, "grades": [],
            "improvements": [statement for statement, _ in d["observations"]]}


def label(path, values):
    path.with_suffix(".label.json").write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    for d in LETTERS:
        path = CORPUS / "westmoor" / f"{d['name']}.txt"
        path.write_text(letter(d))
        label(path, label_of_letter(d))
    path = CORPUS / "ofsted-school" / "larkrise-2016-06-14.pdf"
    school(SCHOOL, path)
    label(path, label_of_school(SCHOOL))
    path = CORPUS / "fda-483" / "larkmoor-2024-03-08.pdf"
    path.parent.mkdir(exist_ok=True)
    form(FORM, path)
    label(path, label_of_form(FORM))
