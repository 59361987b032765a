"""Commands whose process stays: the desk, workers, the schedule."""
