"""The kit is the neutral language that handlers speak and that each platform translates."""
