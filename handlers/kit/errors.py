"""A broken rule, said in the one sentence that the person will read."""


class Refusal(Exception):
    """Raised by a handler: nothing is kept, and `sentence` is the answer."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refusal):
    """A press or form that the person has no right to (a forged id, a role one has not): refused and audited.

    `what` names the act for the audit log, without anyone's words.
    """

    def __init__(self, what: str, sentence: str = "You can't do that here. Type help to see what you can do.") -> None:
        super().__init__(sentence)
        self.what = what
