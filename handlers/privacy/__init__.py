"""Privacy, told as a story.

Ann types `privacy` and reads what is kept about her, who can read it, for how long, and how to have it out
or gone. She presses Get a copy and has all of it in one file that she can read. She types `erase my data`,
reads what goes and what stays, opens a form and types the word erase. Then it is gone at once, in every
table, and the next time that she writes, the bot does not know her. The only co-ordinator of a network is
told what that means, and may still go.
"""
