"""The configuration, with every fault named at once."""
