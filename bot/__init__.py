"""The bot translates and waits: it knows the platforms, the clock and the network, and decides nothing."""
