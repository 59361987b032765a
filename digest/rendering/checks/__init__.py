"""What is wrong with a mail, found in its final bytes: each finding names the element and the fix."""
