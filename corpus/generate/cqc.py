"""The form of CQC's reports on adult social care locations: blocks to print and, from the same data, the label.

A document's data names provider, location, dates and ratings; its body has one line a paragraph, "- " before a bullet and
"= CODE" before the paragraphs of a part: about, experience, background, or a key ("= safe"), where "## " begins a prompt.
"""
from datetime import date

from blocks import P, H, L, T, Break, Space, parts, plain

MARK = "Fictional document made for tests"
KEYS = ["safe", "effective", "caring", "responsive", "well-led"]
DEFINED = {"safe": "people were protected from abuse and avoidable harm.", "effective": "people's care, treatment and support achieved good outcomes.",
           "caring": "the service involved people and treated them with compassion.", "responsive": "the service met people's needs.",
           "well-led": "service leadership, management and governance assured high-quality, person-centred care."}
FOOTER = lambda d: {"lines": [f"{d['area']} Inspection report {day(d['published'])}"], "first": True}


def day(iso):
    d = date.fromisoformat(iso)
    return f"{d.day:02} {d:%B %Y}"


def slug(rating):
    return rating.lower().replace(" ", "-")


def make(d, text, prose):
    body, headings, blocks = parts(text, prose), [], []

    def head(words, level, printed=None):
        headings.append({"level": level, "text": words})
        blocks.append(printed or H(words, min(level, 2)))

    def run_in(words, *paragraphs):
        """A heading at the head of its paragraph, in the text's own size."""
        headings.append({"level": 3, "text": words})
        first, *rest = paragraphs
        blocks.append(P(f"{words}\n{first}"))
        blocks.extend(P(t) for t in rest)

    blocks += [P(d["provider"], "subtitle")]
    head(d["area"], 1, P(d["area"], "title"))
    head("Inspection report", 2)
    visits = "\n".join(day(v) for v in d["visits"])
    left = [P("\n".join(d["address"])), P("Tel: " + d["telephone"])]
    right = [P("Date of inspection visit:\n" + visits), P("Date of publication:\n" + day(d["published"]))]
    blocks += [T([[left, right]], [9, 6], border=False)]
    head("Ratings", 2)
    rows = [["Overall rating for this service", d["overall"]]] + [[f"Is the service {r['key']}?", r["rating"]] for r in d["ratings"]]
    blocks += [T(rows, [11, 5], border=False), P(MARK, "small"), Break()]
    head("Summary of findings", 1)
    head("Overall summary", 2)
    run_in("About the service", *body["about"])
    run_in("People's experience of using this service and what we found", *body["experience"], "For more details, please see the full report which is on the CQC website.")
    if d.get("last_text"):
        run_in("Rating at last inspection", d["last_text"])
    run_in("Why we inspected", d["why"])
    run_in("Follow up", d["follow_up"])
    blocks.append(Break())
    head("The five questions we ask about services and what we found", 1)
    blocks.append(P("We always ask the following five questions of services."))
    for r in d["ratings"]:
        name = r["key"].replace("-", " ")
        head(f"Is the service {r['key']}?", 2, P(f"**Is the service {r['key']}?** **{r['rating']}**", "subtitle"))
        blocks += [P(r["sentence"]), P(f"Details are in our {name} findings below.")]
    blocks.append(Break())
    head(d["area"], 1, P(d["area"], "title"))
    head("Detailed findings", 1)
    head("Background to this inspection", 2)
    run_in("The inspection", f"We carried out this inspection under {d['basis']}.")
    run_in("Inspection team", d["team"])
    run_in("Service and service type", d["service"])
    run_in("Notice of inspection", d["notice_text"])
    run_in("What we did before the inspection", *body["background"])
    for r in d["ratings"]:
        blocks += [Break(), P(r["rating"], "subtitle")]
        head(f"Is the service {r['key']}?", 1, H(f"Is the service {r['key']}?", 1))
        head("Our findings", 2)
        blocks.append(P(f"{r['key'].capitalize()} – this means we looked for evidence that {DEFINED[r['key']]}"))
        if r.get("last"):
            blocks.append(P(r["last"]))
        for line in body[r["key"]]:
            if line.startswith("## "):
                head(line[3:], 3, P(line[3:]))
            elif line.startswith("- "):
                if not isinstance(blocks[-1], L):
                    blocks.append(L([]))
                blocks[-1].items.append(line[2:])
            else:
                blocks.append(P(line))
    return blocks, label(d, headings)


def label(d, headings):
    address = ", ".join(d["address"])
    ratings = [{"question": f"Is the service {r['key']}?", "key": r["key"], "rating": slug(r["rating"]), "printed": r["rating"],
                "previous_rating": r.get("previous"), "change": r.get("change"), "sentence": r["sentence"]} for r in d["ratings"]]
    return {
        "id": None, "path": None, "document_title": "Inspection report", "provider": d["provider"], "location": d["area"], "address": address,
        "postcode": d["address"][-1], "telephone": d["telephone"], "visit_dates": d["visits"], "publication_date": d["published"],
        "overall_rating": slug(d["overall"]), "ratings": ratings, "last_rating": d.get("last_rating"), "last_rating_date": d.get("last_date"),
        "last_rating_text": d.get("last_text"), "service_type": d["service_type"], "capacity": d["capacity"], "people_at_time_of_inspection": d["people"],
        "notice": d["notice"], "why_we_inspected": d["why"], "follow_up": d["follow_up"], "inspection_team_text": d["team"], "inspectors": [],
        "regulation_breaches": [], "enforcement": [], "recommendations": [], "legal_basis": d["basis"],
        "key_question_definitions": [{"key": r["key"], "text": f"{r['key'].capitalize()} – this means we looked for evidence that {DEFINED[r['key']]}"} for r in d["ratings"]],
        "headings": headings, "notes": f"{MARK}. " + d.get("notes", ""),
    }
