"""What we answer, and why it may be believed. Uses the public names of `index` only."""
