"""How languages write days, times and numbers: the part of the CLDR that mails, pages and feeds need.

The data are Babel's, in `data/`, written by `python -m tests.locales.cldr`; Babel itself takes 37 MB.
"""
