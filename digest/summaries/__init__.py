"""Blurbs: a few true sentences, each with the source sentence it came from."""
