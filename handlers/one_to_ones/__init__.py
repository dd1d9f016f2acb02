"""One-to-ones, told as a story.

Fay of the faculty types `one to one`, and suggests three times to Bea, who runs a network. Bea gets a letter with a
button for each. She presses one, and both have a file for their calendar; or she says none of these, and suggests
times herself; or not now, and gives no reason. Either can move or cancel it later, and the other is told.

On the last good day before, each gets a reminder, and Bea is asked what would make it useful. Nobody else reads her
answer unless she shares it with Fay. Afterwards each keeps notes that nobody else can read, and both keep one list of
what they agreed. Bea may make goals of what is hers, and the next reminder begins with that list.

Nobody else knows that they meet, unless Bea says so; and she can take that back.
"""
