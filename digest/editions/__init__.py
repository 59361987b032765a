"""The edition as an editor's value: assembly, subjects, revisions, approval."""
