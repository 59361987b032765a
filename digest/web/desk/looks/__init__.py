"""Looks, tried on the letter itself before anybody writes them into the settings."""
