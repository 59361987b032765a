"""Words of somebody without quotation marks: dialogue, interviews, letters, what a colon announces."""
