"""Coaching, told as a story.

Ann types `coach me`. She is asked one question at a time: what she wants to be different, where she is from 0 to 10,
what works already, and one small thing that she will do, and when. She may skip any question, stop at any point, or
come back days later on another platform. Nobody else can read a word of it. At the end she may share her plan, and
only that, with one colleague of her network, or make a goal of it; she need do neither. The next time that she types
`coach me`, it begins with what she planned: what is better since then?

If she turns it on, one coaching question a week comes with the message that she gets anyway. "Why this question?" says
what it was chosen by. She answers where it stands, for herself alone; a plan is asked about once, after its day.
"""
