"""Whole journeys through the command line, as cron and newcomers go them."""
