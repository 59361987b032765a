"""People, lists, consent and suppression; knows nothing of the digest."""
