"""Alarms: what is wrong is found, somebody is told once, and told again when all is well."""
