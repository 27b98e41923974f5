#!/usr/bin/env python3
"""Makes local-authorities.csv from two tables of public facts (ONS, DfE, Ofsted: Open Government Licence v3.0).

usage: make-local-authorities.py ENGLAND.csv FORMER.csv > local-authorities.csv

ENGLAND.csv: name, also_known_as, ons_code, dfe_code, ofsted_urn, region, type. FORMER.csv: name, ons_code, dfe_code,
valid_to, became. A former authority takes its URN and region from the first table where the DfE code is the same.
"""
import csv
import sys

# Short forms in use that the registers do not have.
ALIASES = {
    "City of London": ["London Corporation", "City of London Corporation", "Corporation of London"],
    "Durham": ["County Durham"],
    "East Riding of Yorkshire": ["East Riding"],
    "Isles of Scilly": ["Scilly"],
    "Kingston Upon Hull, City of": ["Kingston upon Hull", "Hull"],
    "Newcastle upon Tyne": ["Newcastle"],
    "Southend-on-Sea": ["Southend"],
    "Stockton-on-Tees": ["Stockton"],
    "Stoke-on-Trent": ["Stoke"],
}


def main():
    england = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
    former = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
    by_dfe = {r["dfe_code"]: r for r in england}
    ended = {r["dfe_code"] for r in former if r["dfe_code"] in by_dfe and not by_dfe[r["dfe_code"]]["ons_code"]}
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "aliases", "ons", "dfe", "ofsted_urn", "region", "kind", "valid_to"])
    for r in england:
        if r["dfe_code"] in ended:
            continue
        aliases = [a.strip() for a in r["also_known_as"].strip("[]").split(",") if a.strip()]
        if "Christchurch" in r["name"]:
            aliases = ["BCP"]
        aliases = sorted(set(aliases) | set(ALIASES.get(r["name"], [])))
        out.writerow([r["name"], ";".join(aliases), r["ons_code"], r["dfe_code"], r["ofsted_urn"], r["region"], r["type"], ""])
    successors = {r["name"]: r for r in england}
    for r in former:
        name = r["name"].replace(" (county)", "")
        kind = "County" if r["ons_code"].startswith("E10") else "Unitary Authority"
        same = by_dfe.get(r["dfe_code"])
        first = r["became"].split(";")[0].rsplit(" ", 1)[0]
        region = (same or successors[first])["region"]
        out.writerow([name, "", r["ons_code"], r["dfe_code"], same["ofsted_urn"] if same else "", region, kind, r["valid_to"]])


main()
