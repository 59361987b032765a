"""The pages of the newsroom: see, shape, approve and look back. Only people who have signed in."""
