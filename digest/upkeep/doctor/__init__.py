"""What `digest doctor` looks at: the machine, the ways out, and the work itself."""
