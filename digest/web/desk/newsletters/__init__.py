"""Newsletters, their sections, sources and looks, made and changed in the browser."""
