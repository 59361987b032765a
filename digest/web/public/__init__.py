"""The pages of readers and passers-by: a signed token in the address is all that lets in."""
