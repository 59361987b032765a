"""Fakes at the ports and the checks a plug-in author runs."""
