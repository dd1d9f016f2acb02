"""What is said of a file where the file itself cannot be sent: its text, or a sentence with a button to try again."""

from handlers.kit.content import Attachment, Block, Button, Buttons, Heading, Quote, paragraph

AGAIN = "Try again"
NOT_SENT = "I could not send this file here: {}."


def in_words(file: Attachment) -> tuple[Block, ...]:
    """What stands in a message in place of the file."""
    if file.text is not None and not file.instead:
        return (Heading(file.name), Quote(file.text))
    return (paragraph(NOT_SENT.format(file.name)), Buttons(to_try_again(file)))


def to_try_again(file: Attachment) -> tuple[Button, ...]:
    """The button whose press makes the file once more, where there is such a press."""
    return (Button(AGAIN, file.again.action, file.again.argument, about=file.name),) if file.again else ()
