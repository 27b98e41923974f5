#!/usr/bin/env python3
"""Documents of the formats in files: letters of a regulator that does not exist, and a school's report.

Writes corpus/westmoor and corpus/ofsted-school: a document beside x.label.json, which holds what was printed, by pointer.
"""

import json
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
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
