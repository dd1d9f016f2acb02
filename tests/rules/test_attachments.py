"""What a file that goes with a message may be."""

from __future__ import annotations

import pytest

from handlers.kit.content import MOST_FILE, Again, Attachment

AGAIN = Again("updates.file", "7")


def test_a_text_is_kept_in_utf_8_and_read_back() -> None:
    file = Attachment.of_text("a.ics", "text/calendar", "SUMMARY:Zoë\r\n", "Your talk.", AGAIN)
    assert (file.content, file.text) == ("SUMMARY:Zoë\r\n".encode(), "SUMMARY:Zoë\r\n")
    assert (file.about, file.again) == ("Your talk.", AGAIN)


def test_half_a_character_does_not_stop_a_file() -> None:
    assert Attachment.of_text("a.md", "text/markdown", "a\ud83db").text == "a?b"


def test_bytes_stay_as_they_are_and_are_no_text() -> None:
    file = Attachment("a.docx", "application/octet-stream", b"\x00\xff", again=AGAIN)
    assert (file.content, file.text) == (b"\x00\xff", None)


@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream"])
def test_two_million_bytes_are_the_most_and_the_error_says_so(media_type: str) -> None:
    assert len(Attachment("a", media_type, b"x" * MOST_FILE, again=AGAIN).content) == MOST_FILE
    with pytest.raises(ValueError, match=r"2,000,001 bytes: the most is 2,000,000, so give it in parts"):
        Attachment("a", media_type, b"x" * (MOST_FILE + 1), again=AGAIN)


def test_what_could_not_be_shown_must_say_how_it_is_made_again() -> None:
    with pytest.raises(ValueError, match="needs the press that makes it again"):
        Attachment("a.docx", "application/octet-stream", b"x")


def test_a_text_that_is_none_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        Attachment("a.md", "text/markdown", b"\xff", again=AGAIN)
