"""What upkeep remembers: who lives, what is wrong, what was posted to us and is not judged yet."""
