#!/usr/bin/env python3
"""Makes local-authorities.csv from three tables of public facts (ONS, DfE, Ofsted: Open Government Licence v3.0).

usage: make-local-authorities.py ENGLAND.csv FORMER.csv CHANGES.csv > local-authorities.csv

ENGLAND.csv: name, short_name, also_known_as, ons_code, dfe_code, ofsted_urn, region, type. FORMER.csv: name, ons_code,
dfe_code, valid_to, became. CHANGES.csv: name, old_ons_code, new_ons_code, from, why. A former authority takes its URN
and region from the first table where the DfE code is the same. An authority whose code changed while its name stayed
has a line for each code. `became` names who took over, by short names; the authority itself where only its code changed.
"""
import csv
import datetime
import sys

# Short forms in use that the registers do not have.
ALIASES = {
    "Bournemouth, Christchurch and Poole": ["BCP"],
    "City of London": ["London Corporation", "City of London Corporation", "Corporation of London"],
    "Durham": ["County Durham"],
    "East Riding of Yorkshire": ["East Riding"],
    "Isles of Scilly": ["Scilly"],
    "Kingston Upon Hull, City of": ["Kingston upon Hull", "Hull"],
    "Newcastle upon Tyne": ["Newcastle"],
    "Redcar and Cleveland": ["Redcar & Cleveland"],
    "Southend-on-Sea": ["Southend"],
    "Stockton-on-Tees": ["Stockton"],
    "Stoke-on-Trent": ["Stoke"],
}


def read(path):
    return list(csv.DictReader(open(path, encoding="utf-8")))


def aliases(row):
    names = {a.strip() for a in row["also_known_as"].split(";") if a.strip()} | {row["short_name"]}
    return ";".join(sorted((names | set(ALIASES.get(row["name"], []))) - {row["name"]}))


def day_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def main():
    england, former, changes = (read(path) for path in sys.argv[1:4])
    by_dfe = {r["dfe_code"]: r for r in england}
    by_name = {r["name"]: r for r in england}
    ended = {r["dfe_code"] for r in former if r["dfe_code"] in by_dfe and not by_dfe[r["dfe_code"]]["ons_code"]}
    # Codes that changed while the name stayed and no authority ended: a line of FORMER.csv tells the others.
    reformed = {r["name"].replace(" (county)", "") for r in former} | {b.rsplit(" ", 1)[0] for r in former for b in r["became"].split("; ")}
    renumbered = [c for c in changes if c["name"] not in reformed]
    for change in renumbered:
        if by_name[change["name"]]["ons_code"] == change["old_ons_code"]:
            by_name[change["name"]]["ons_code"] = change["new_ons_code"]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "short", "aliases", "ons", "dfe", "ofsted_urn", "region", "kind", "valid_to", "became"])
    for r in england:
        if r["dfe_code"] not in ended:
            out.writerow([r["name"], r["short_name"], aliases(r), r["ons_code"], r["dfe_code"], r["ofsted_urn"], r["region"], r["type"], "", ""])
    for c in renumbered:
        r = by_name[c["name"]]
        out.writerow([r["name"], r["short_name"], "", c["old_ons_code"], r["dfe_code"], r["ofsted_urn"], r["region"], r["type"], day_before(c["from"]), r["short_name"]])
    for r in former:
        name = r["name"].replace(" (county)", "")
        kind = "County" if r["ons_code"].startswith("E10") else "Unitary Authority"
        same = by_dfe.get(r["dfe_code"])
        became = [b.rsplit(" ", 1)[0] for b in r["became"].split("; ")]
        region = (same or by_name[became[0]])["region"]
        out.writerow([name, name, "", r["ons_code"], r["dfe_code"], same["ofsted_urn"] if same else "", region, kind, r["valid_to"], ";".join(by_name[b]["short_name"] for b in became)])


main()
