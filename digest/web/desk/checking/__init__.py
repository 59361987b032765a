"""What machines say of a letter, told as an editor can mend it."""
