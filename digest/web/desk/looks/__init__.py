"""Looks, tried on the letter itself before they are kept."""
