"""Mail by SendGrid: bodies, memory, and the whole way through the ledger."""
