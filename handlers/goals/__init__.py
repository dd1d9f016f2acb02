"""Goals that live, told as a story.

Ann types `new goal: Two workshops with patients by 30 June`. It is kept as she wrote it, and only she can read it. The
date is read back, and two questions stand under it that she may skip. Bea, who runs the network, is also asked whose
her goal is: hers, or the network's. `goals` shows each what needs a look first: past its date, off track, at risk, or
long without news. One press says how it goes, one line says why, or she types `progress: workshops: 1 of 2, on track`
and sees what was understood before it is kept. The goal's page tells its story: who, when, what. If Bea hands one to
Ben, he is told at a good time for him, and may hand it back; who helps or what a review came to can wait for a week.
A goal can be achieved, changed with old and new side by side, or dropped with what was learned. Each quarter Cal, the
leader, walks through the open goals one by one, and shares a summary once it reads well.
"""
