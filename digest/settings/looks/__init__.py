"""How a newsletter looks, as settings say it."""
