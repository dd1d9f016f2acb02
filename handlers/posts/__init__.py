"""A network's home and what is posted there, told as a story.

Bea, the co-ordinator, goes to her network's channel, mentions Weaver and types `make this our home`. She reads what
that means, and presses the button; Weaver says hello there, so that she sees at once whether it can. From then on what
the network posts goes there. Anyone in the network types `posts` and reads what was posted, newest first. Bea sees
there, too, what could not be posted and why, and what may or may not be shown: she looks, and says which.
"""
