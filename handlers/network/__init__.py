"""The network's week, told as a story.

Bea, the co-ordinator, types `network`. She reads who asked for help, how the network feels over the last weeks as a
small chart, how many answered, and what people chose to let her read; never who did not answer. A leader, a member or
a faculty member types the same word and reads what reaches them.
"""
