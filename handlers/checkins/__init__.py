"""A check-in, told as a story.

Ann types `check in` between two clinics. She is in one network, so the form opens at once (in two, she is asked which).
Under every question stands who will read the answer; what she writes is hers alone unless she chooses otherwise. She
sends it, and one sentence says that it is kept, with three buttons: edit, who can see this, withdraw. If she checks in
again in the same week, the form opens with what she wrote, and sending it changes the first one. `history` shows all of
hers, newest first.
"""
