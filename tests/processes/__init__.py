"""Processes that tests start, fork, kill and see gone."""
