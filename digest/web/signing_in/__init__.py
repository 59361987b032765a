"""Who comes in, and by what: one-time links, passwords, an identity provider, a proxy's word."""
