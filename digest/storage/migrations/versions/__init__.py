"""The steps from an empty database to `digest.storage.tables`."""
