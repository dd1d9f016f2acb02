"""Makes what people wrote harmless in files: no spreadsheet runs it, and nothing stands in it that XML cannot hold."""

import csv
import io
import re
from collections.abc import Iterable

_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula (owasp.org/www-community/attacks/CSV_Injection)."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (w3.org/TR/xml, Char)."""


def in_csv(rows: Iterable[Iterable[str]]) -> str:
    """The rows as CSV that a spreadsheet reads and never runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue()


def defused(cell: str) -> str:
    """The cell with a quote sign before it where a spreadsheet would take it for a formula, also behind spaces."""
    return f"'{cell}" if cell.startswith(_STARTS) or cell.lstrip().startswith(_STARTS) else cell


def in_word(text: str) -> str:
    """The text on one line, as a Word file can hold it."""
    return _NOT_XML.sub("", " ".join(text.split()))
