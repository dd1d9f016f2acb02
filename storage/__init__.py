"""Storage remembers: the only room that knows SQL; the rest of the house sees frozen records."""
