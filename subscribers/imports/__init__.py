"""Readers from files: read, understood, judged row by row, and kept."""
