"""Programs are told what comes about: found by looking, kept first, told until they have it."""
