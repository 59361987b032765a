"""Sending a frozen edition: never twice, never lost."""
