"""The form of HIQA's reports on designated centres: blocks to print and, from the same data, the label.

A document's data names the centre, its regulations with their judgments, and the rows of the compliance plan; its body
has one line a paragraph, "= CODE" before the paragraphs of a part: about, told, capacity, quality, or a regulation
("= 16", "= R5") whose answer in the plan follows "= plan 16".
"""
from blocks import P, H, T, Break, Space, parts, plain

MARK = "Fictional document made for tests"
SLUGS = {"Compliant": "compliant", "Substantially compliant": "substantially-compliant", "Not compliant": "not-compliant"}
FOOTER = lambda d: {"number": "own", "of": True, "first": True}
DIMENSIONS = ["Capacity and capability", "Quality and safety"]


def regulation(r):
    name = ("Registration Regulation " if r["code"].startswith("R") else "Regulation ") + r["code"].lstrip("R")
    return name, f"{name}: {r['title']}"


def make(d, text, prose):
    body, headings, blocks = parts(text, prose), [], []

    def head(text, level=1):
        headings.append(text)
        blocks.append(H(text, level))

    def say(code):
        blocks.extend(P(t) for t in body.get(code, []))

    cover = [("Name of designated\ncentre:", d["area"]), ("Name of provider:", d["provider"]), ("Address of centre:", d["county"]),
             ("Type of inspection:", d["type"]), ("Date of inspection:", d["date"]), ("Centre ID:", d["centre_id"]), ("Fieldwork ID:", d["fieldwork_id"])]
    title = ["Report of an inspection of a", "Designated Centre for Disabilities", f"({d['group']})."]
    blocks += [Space(60), P("\n".join(title), "title"), Space(20), P("Issued by the Chief Inspector", "title"), Space(30),
               T([[[P(k, "subtitle")], [P(v, "subtitle")]] for k, v in cover], [6, 9], border=False), Break()]
    head("About the designated centre")
    blocks.append(P("The following information has been submitted by the registered provider and describes the service they provide."))
    say("about")
    blocks += [P("**The following information outlines some additional data on this centre.**"),
               T([["Number of residents on the\ndate of inspection:", str(d["residents"])]], [7, 4]), Break()]
    head("How we inspect")
    blocks.append(P(f"{MARK}. The centre, its people and the findings are invented; no inspection took place. Reports of this form explain here how they group regulations."))
    head("1. Capacity and capability of the service:", 2)
    blocks.append(P("How the centre is led."))
    head("2. Quality and safety of the service:", 2)
    blocks.append(P("How people live there."))
    rows = [["Date", "Times of\nInspection", "Inspector", "Role"]] + [[v["day"], v["times"], v["name"], v["role"]] for v in d["visits"]]
    blocks += [Break(), P("**This inspection was carried out during the following times:**"), T(rows, [4, 3.5, 4, 3], head=True), Break()]
    head("What residents told us and what inspectors observed")
    say("told")
    for dimension, code in zip(DIMENSIONS, ("capacity", "quality")):
        head(dimension)
        say(code)
        for r in d["regulations"]:
            if r["dimension"] == dimension:
                head(regulation(r)[1], 2)
                say(r["code"])
                blocks.append(P(f"**Judgment:** {r['judgment']}"))
    blocks.append(Break())
    head("Appendix 1 - Full list of regulations considered under each dimension")
    rows = [["Regulation Title", "Judgment"]]
    for dimension in DIMENSIONS:
        rows.append([f"**{dimension}**"])
        rows += [[regulation(r)[1], r["judgment"]] for r in d["regulations"] if r["dimension"] == dimension]
    blocks += [P(f"{MARK}: the regulations considered were:"), T(rows, [11, 3.2])]
    if d.get("risks"):
        plan(d, body, blocks, head)
    return blocks, label(d, body, title, headings)


def plan(d, body, blocks, head):
    by_code = {r["code"]: r for r in d["regulations"]}
    blocks.append(Break())
    head(f"Compliance Plan for {d['area']} {d['centre_id']}")
    blocks += [P(f"**Inspection ID: {d['fieldwork_id']}**"), P(f"**Date of inspection: {d['plan_date']}**")]
    head("Introduction and instruction", 2)
    blocks += [P("This document is divided into two sections:"), P("Section 1 is the compliance plan."), P("Section 2 is the list of regulations."), Break()]
    head("Section 1")
    head("Compliance plan provider’s response:", 2)
    for i, code in enumerate(d["plan"]):
        _, name = regulation(by_code[code])
        rows = [["Regulation Heading", "Judgment"]] if i == 0 else []
        outline = f"Outline how you are going to come into compliance with {name}:"
        printed = by_code[code]["judgment"].replace(" compliant", " Compliant")
        blocks.append(T(rows + [[name, printed]], [8, 6], head=i == 0))
        head(outline)
        blocks[-1] = P(outline)
        blocks += [P(t) for t in body.get("plan " + code, [])]
    blocks.append(Break())
    head("Section 2:")
    head("Regulations to be complied with")
    blocks += [P("The provider or person in charge must consider the details and risk rating of the following regulations."),
               P("The registered provider or person in charge has failed to comply with the following regulation(s).")]
    rows = [["Regulation", "Regulatory requirement", "Judgment", "Risk rating", "Date to be complied with"]]
    rows += [[r["printed"], r["requirement"], r["judgment"], r["rating"], r["date"]] for r in d["risks"]]
    blocks.append(T(rows, [3, 3.6, 3, 2, 3], head=d.get("repeat_head", False)))


def label(d, body, title, headings):
    by_code = {r["code"]: r for r in d["regulations"]}
    act = lambda code: "registration" if code.startswith("R") else "care-and-support"
    label = {
        "id": None, "path": None, "document_title": " ".join(title).rstrip("."), "issued_by": "Chief Inspector",
        "centre_name": d["area"], "provider_name": " ".join(d["provider"].split()), "address": d["county"],
        "inspection_type": d["type"].lower().replace(" ", "-"), "dates": d["dates"], "date_printed": d["date"],
        "centre_id": d["centre_id"], "fieldwork_id": d["fieldwork_id"], "number_of_residents": d["residents"],
        "about": " ".join(plain(t) for t in body["about"]),
        "inspectors": [{"name": v["name"].replace("\n", " "), "role": v["role"], "date": v["date"], "times": v["times"].replace("\n", " "),
                        "start": v["start"], "end": v["end"]} for v in d["visits"]],
        "regulations": [{"number": r["code"].lstrip("R"), "title": r["title"], "dimension": r["dimension"], "judgment": SLUGS[r["judgment"]],
                         "act": act(r["code"]), "printed": regulation(r)[1]}
                        for dimension in DIMENSIONS for r in d["regulations"] if r["dimension"] == dimension],
        "compliance_plan": [], "risks": [], "headings": headings, "notes": f"{MARK}. " + d.get("notes", ""),
    }
    for code in d.get("plan", []):
        row = {"regulation_number": code.lstrip("R"), "regulation_title": by_code[code]["title"], "judgment": SLUGS[by_code[code]["judgment"]]}
        label["compliance_plan"].append(row | ({"act": "registration"} if code.startswith("R") else {}))
    for r in d.get("risks", []):
        row = {"regulation": r["printed"].replace("\n", " ").split("Regulation ")[1], "requirement": r["requirement"],
               "judgment": SLUGS[r["judgment"].capitalize()], "risk_rating": r["rating"].lower(), "due_date": r["due"]}
        label["risks"].append(row | ({"act": "registration"} if r["printed"].startswith("Registration") else {}))
    return label
