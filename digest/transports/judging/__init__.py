"""The one judge of refusals, for the SMTP door, for bounces by mail and for providers' events.

A wrong "dead" keeps mail from a reader for good; a missed one costs a mail that goes nowhere. So the
words decide and not the number, words of any other reason win over words of death, and what contradicts
itself is judged by its gentler half.
"""
