"""Shows who is in a network, and what each one does."""
