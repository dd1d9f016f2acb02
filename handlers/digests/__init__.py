"""Digests, told as a story.

Fay, of the faculty, types `digest` in the faculty's channel. First stands who needs her: who asks for help and since
when, which network has gone quiet, which goal has slipped, what a network asks of the faculty. Then each network has
a line with its purpose, what moved, and its newest update that was shared. Then comes what networks could learn from
each other. Nobody is ranked. It holds only what people let the faculty read. Asked in another channel, it comes to
Fay alone.

From each line she opens the network, writes to it, or keeps a day to come back to. What she writes reaches the
network's co-ordinators, who can answer; both see all of it when they type `faculty notes`.
"""
