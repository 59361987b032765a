"""Kinds of pieces that are no story: what titles, tags, addresses and a page's data tell of them."""
