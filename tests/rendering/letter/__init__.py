"""What editors write into a mail besides its stories."""
