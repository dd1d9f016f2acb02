"""The pulse, told as a story.

Bea runs a network. She types `pulse` and starts one, at most once in three months. Everyone in the network finds one
line about it in a message that they get anyway, and two weeks later once more; or they type `pulse` themselves. It is
one form: five choices, one for each thing that makes a network work. Ann is told before she begins that nobody sees her
answers. She can change them or take them out until the four weeks are over.

Then it closes by itself. Its answers are counted once and deleted. If five or more people answered, all of the network
can see how far the answers lie apart and where their middle is, beside the pulse before. If not, that is said, and
nothing is left of it. Bea may let the faculty see the same.
"""
