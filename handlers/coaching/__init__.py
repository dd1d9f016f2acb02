"""Coaching, told as a story.

Ann types `coach me`. She is asked one question at a time: what she wants to be different, where she is from 0 to 10,
what works already, and one small thing that she will do, and when. She may skip any question, stop at any point, or
come back days later on another platform. Nobody else can read a word of it. At the end she may share her plan, and
only that, with one colleague of her network, or make a goal of it; she need do neither. The next time that she types
`coach me`, it begins with what she planned: what is better since then?
"""
