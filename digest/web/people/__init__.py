"""The pages about readers: lists, imports, segments, and what operators take out."""
