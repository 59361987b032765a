"""Settings that are changed at the desk: laid over the file, shown as forms, written out as TOML."""
