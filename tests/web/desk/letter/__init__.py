"""What is made at the desk besides the day's stories."""
