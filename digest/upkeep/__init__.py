"""What looks after the newsroom beside its day: what comes back by mail, alarms, the book of runs."""
