"""Bounces by mail: who wrote it, what it says of which recipient, and in which words."""
