"""The ledger: one delivery for each reader of an edition, from the freeze to what came back."""
