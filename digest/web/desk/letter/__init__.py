"""What is made at the desk besides the stories that the day brought: blocks, pictures, stories by hand."""
