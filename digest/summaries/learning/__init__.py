"""Weights of sentences, trained on a publisher's own blurbs, and how good they are."""
