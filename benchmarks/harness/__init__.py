"""What the benchmarks share: mails to send, laps against rivals, a sink."""
