"""The rapid review of a network, told as a story.

Bea, who runs a network, types `diagnostic`. She reads what a review is, and begins one. She answers her own part in
about ten minutes, in sittings if she likes, and asks Lou, who leads the network, and Fay of the faculty. Each of them
gets a letter, and one reminder a week later. They answer apart, each on their own platform. Before they type they read
who will see it: the people of the review, without their name, once the joint session begins.

Once two have finished, any of them begins the joint session. It goes through what they see differently, the biggest
difference first. They agree a level, or keep that they differ. It ends with three strengths and three things to work
on, in their words, and with who else may read the result. Months later they do it again, and read it beside the first.

Whoever would rather not take part says so, and their answers are gone. Nobody is told who has not answered yet.
"""
