"""The built-in templates as programs of others show them, for `make screenshots` and docs/clients.md."""
