"""Updates of a network, told as a story.

Bea, who runs the network, types `update` and chooses the days and who shall read it. A draft stands there at once. It
is made of what people chose to share with such readers, in their own words, a page long. One press on *Sources* shows
what each sentence rests on, and opens where it came from. She changes a line, leaves a section out, and asks Cal to
approve. Cal has a look and agrees. Then Bea posts it to the network's home, and shares it with the faculty. Nothing
goes out without that press. When Ann withdraws a check-in later, the draft says that a source is gone, and not what it
said; her words are not shown again, and Bea is asked to put it right.
"""
