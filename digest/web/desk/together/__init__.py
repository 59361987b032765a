"""People at one edition: what they say of its stories, and that it waits for an approval."""
