"""How languages write days, times and numbers: what mails, pages and the desk need of the CLDR.

The data are Babel's, in `data/`, written by `python -m tests.locales.cldr`; Babel itself takes 37 MB.
"""
