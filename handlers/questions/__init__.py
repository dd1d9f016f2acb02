"""A network's check-in questions, told as a story.

Bea co-ordinates a network. She types `questions` and reads the questions of its check-in in their order: what kind
each is, whether it must be answered, who can read the answers, and when it is asked. Under each stand Edit, Move up
and Remove. She adds a question in one form, and every change is kept as a new version: what people answered before
stays as they read it then. If Cal changed the questions while she wrote, the form says what changed, keeps what she
typed, and lets her send it again. What cannot be, such as taking out a question that another one needs, is refused
in a sentence that says how to mend it.
"""
