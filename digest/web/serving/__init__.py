"""What every page stands on, whoever asks: requests, answers, limits, and what the desk holds."""
