"""The commands of the terminal: each reads its arguments and calls what does the work."""
