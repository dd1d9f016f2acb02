"""Meeting the bot, told as a story.

Someone whom nobody has added writes to the bot. It says in three sentences what it is and whom to ask, and keeps
nothing of theirs. Someone who has been added is welcomed by name, with what they can do first.
"""
