#!/usr/bin/env python3
"""Makes names-gb.csv: the 500 commonest surnames and 200 common given names of Great Britain, for tests.

usage: make-names.py > names-gb.csv

The names are facts: those of the provider `en_GB` of Faker (PyPI, version 40, MIT licence), in its order; its given names are
those of the ONS.
"""
import csv
import sys

from faker.providers.person.en_GB import Provider


def main():
    surnames = sorted(Provider.last_names.items(), key=lambda x: (-x[1], x[0]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["kind", "name"])
    out.writerows(["surname", name] for name, _ in surnames[:500])
    for names in (Provider.first_names_male, Provider.first_names_female):
        out.writerows(["given", name] for name in names[:100])


main()
