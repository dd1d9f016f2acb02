"""Settings, told as a story.

Ann types `settings` and reads in one message what the bot knows of her days: her name, her time zone, when
she works, which bank holidays she keeps and when she is away. One button, Edit, opens one form with all of
it. She types London and 5.30pm as she would say them, and is understood. She sends it and reads it back. If
something cannot be understood, one sentence stands at that question, and the rest stays as she typed it.
"""
