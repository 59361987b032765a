"""What the desk keeps: users, logins, the history of every draft, runs, the audit log."""
