"""Development plans, told as a story.

Ann runs a network whose people have just ended a rapid review. She types `plan`, presses Make a plan, and reads three
things that the network could do, each with the reason why it may fit. She takes the first, puts it into her own words,
chooses a month and asks Ben to look after it. Ben gets a letter; it is now an objective of the network.

The plan has three phases in 18 months. Whoever may read it sees where the network is, what is next, and what has not
happened when it was meant to, in words that shame nobody. Every three months Ann holds a review point, or moves it.
When the plan no longer fits, she makes a new one, and the old one stays to be read beside it.

At the end the network says what changed, what lasts and what was learned.
"""
