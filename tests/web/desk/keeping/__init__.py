"""What is typed is kept: the browser's journal, and two editors at once."""
