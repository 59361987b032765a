"""Finding things again: texts by their words, whatever their language, and deliveries by their address."""
