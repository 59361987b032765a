"""What the day is: the window, stories, sections, ranking, and why."""
