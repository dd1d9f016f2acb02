"""The fixed, careful signpost to people who can help: it goes before an answer, and takes nothing of it away."""

from dataclasses import replace

from handlers.kit.content import Block, Form, Message, paragraph
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say

NOBODY_WATCHES = "If someone may come to harm, please tell a person now. I am a bot, and nobody is watching here."
"""Always said: no programme can take this out."""
WHO_HELPS = (
    "In an emergency, call 999. For urgent health advice, call 111.",
    "If a child or an adult may be at risk, talk to your safeguarding lead.",
    "To raise a worry about care, or about how people are treated, talk to your Freedom to Speak Up guardian.",
)
"""What is said where the programme file has no words of its own."""


def with_signpost(reply: Reply, own_words: str) -> Reply:
    """The reply with the signpost before it, for its sender alone; `own_words` are the programme's, if it has any."""
    lines = (NOBODY_WATCHES, *((own_words,) if own_words else WHO_HELPS))
    if isinstance(reply, Say):
        return Say(_before(reply.message, lines))
    if isinstance(reply, Replace):
        return Replace(_before(reply.message, lines))
    if isinstance(reply, Ask):
        return Ask(_on_form(reply.form, lines), _before(reply.otherwise, lines))
    if isinstance(reply, Correct):
        return replace(reply, form=_on_form(reply.form, lines), redraw=True)
    return reply


def _before(message: Message, lines: tuple[str, ...]) -> Message:
    shown: tuple[Block, ...] = message.body or (paragraph(message.summary),)
    return replace(message, summary=f"{lines[0]} {message.summary}", body=(*map(paragraph, lines), *shown))


def _on_form(form: Form, lines: tuple[str, ...]) -> Form:
    intro = (" ", *form.intro) if form.intro else ()
    return replace(form, intro=(" ".join(lines), *intro))
