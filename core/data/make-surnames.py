#!/usr/bin/env python3
"""Makes surnames.txt: names of people as the spelling of damaged text is held against, in small letters and in order.

usage: make-surnames.py > surnames.txt

The 20,000 commonest surnames and all given names of the United States census of 1990 (Census Bureau, public domain), as the
PyPI package `names` 0.3.0 has them, and the names of the provider `en_GB` of Faker (PyPI, version 40, MIT licence).
"""
import os

import names
from faker.providers.person.en_GB import Provider

SURNAMES = 20_000
# Of shorter words the letters tell too little.
LEAST = 4


def listed(name):
    with open(os.path.join(os.path.dirname(names.__file__), name)) as lines:
        return [line.split()[0] for line in lines]


def main():
    found = listed("dist.all.last")[:SURNAMES] + listed("dist.male.first") + listed("dist.female.first")
    for more in (Provider.last_names, Provider.first_names_male, Provider.first_names_female):
        found += [part for name in more for part in name.replace("'", "").split("-")]
    kept = {name.lower() for name in found if name.isascii() and name.isalpha() and len(name) >= LEAST}
    print("\n".join(sorted(kept)))


main()
