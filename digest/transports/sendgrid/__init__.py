"""SendGrid: a thousand recipients in one request, and its events."""
