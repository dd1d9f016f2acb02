"""The browser platform's limits: what a request may hold, and how much of a conversation stays in memory."""

MAX_FIELDS = 200
"""Fields in one posted form; more is refused."""

MAX_NAME = 100
"""Characters of a route's or field's name."""

MAX_ARGUMENT = 200
"""Characters of a button's or form's argument, which is a short id."""

MAX_SAID = 2_000
"""Characters of a person's own line that the conversation shows; the bot itself gets all of it."""

MAX_ENTRIES = 200
"""Messages kept of each person's conversation; the oldest go first."""

MAX_DELIVERED = 10_000
"""Unasked messages whose keys are remembered, so that none is said twice; the oldest go first."""

RATE = 10_000.0
"""Unasked messages a second: nothing but this process stands in their way."""

MAX_MOVES = 1_000
"""Moves of the clock whose names are remembered, so that none counts twice; the oldest go first."""

MAX_HELD_FORMS = 20
"""Drawn forms kept for each person, to show one again when the database is away."""

MAX_STREAMS = 24
"""Open event streams (tabs) for each person; one more is asked to come back later."""

HEARTBEAT_SECONDS = 15.0
"""How often a silent stream says that it is alive, so that a lost tab is noticed."""

RADIOS = 5
"""A choice of up to this many is shown as radio buttons, a longer one as a list."""
