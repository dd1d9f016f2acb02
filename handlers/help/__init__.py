"""Help, told as a story.

Ann types `help` and reads what she can do now: a line for each, by her role. She mistypes `chekc in`: the bot says that
it did not understand, and offers the three nearest things that it can do. There is never a dead end.
"""
