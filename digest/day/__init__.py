"""The day, on one page (`job`), and what belongs to it: what it gathers, whom it reaches, how it ends."""
