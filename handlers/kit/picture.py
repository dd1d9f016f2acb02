"""A wheel as a picture, for files and for where no drawing can be shown; it reads as well in grey."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

from handlers.kit import rings
from handlers.kit.charts import Series, Wheel

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 900, 700
_FINE = 2
"""It is drawn so many times as large and then made smaller, which makes its lines smooth."""
_MARGIN, _LINE, _LEGEND_LINE, _TITLE_LINE = 28, 29, 36, 40
_BESIDE = 14
"""Between a spoke's end and its name."""
_INKS = ("#1f5c4d", "#8a4b08", "#3b4f9e", "#7d3a7a")
_DASHES = ((), (16, 9), (3, 9), (18, 7, 4, 7))
"""The looks of `rings.LOOKS`: lengths of line and gap by turns; none is a solid line."""
_TEXT, _FAINT, _GRID, _PAPER = "#2a2520", "#635a50", "#b9afa2", "#ffffff"
_SIMPLER = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2011": "-", "\u00a0": " "})

Point = tuple[float, float]


def wheel_picture(wheel: Wheel) -> bytes:
    """The wheel as a PNG of 900 by 700: its title, its rings with their names, and what each line means.

    The same wheel is the same picture. Letters that its font lacks lose their accents; a name in other letters is a
    number instead, and such words of the title are left out, so the wheel's table belongs beside the picture.
    """
    # Imported when a picture is wanted: a start need not pay for it.
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    top = pen.title(wheel.title)
    bottom = HEIGHT - _MARGIN - _LEGEND_LINE * -(-len(wheel.series) // 2)
    pen.wheel(wheel, top, bottom)
    for number, series in enumerate(wheel.series):
        pen.legend(number, series, bottom + _LEGEND_LINE * (number // 2))
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    """Draws in the picture's own measures."""

    def __init__(self, draw: "ImageDraw") -> None:
        self._draw = draw
        self._fonts: dict[int, FreeTypeFont] = {}

    def title(self, text: str) -> float:
        """Up to two lines at the top, without words in other letters; returns where they end."""
        words = " ".join(filter(None, (self._plain(word, "") for word in text.split())))
        found = self._lines(words, 28, WIDTH - 2 * _MARGIN, 2)
        for row, line in enumerate(found):
            self._write((WIDTH / 2, _MARGIN + _TITLE_LINE * row), line, 28, "ma")
        return _MARGIN + _TITLE_LINE * len(found)

    def wheel(self, wheel: Wheel, top: float, bottom: float) -> None:
        """The rings between these two heights, with room for names above and below."""
        names = 2 * _LINE + _BESIDE
        every = range(len(wheel.axes))
        lowest = max((rings.spot(place, len(every), 1)[1] for place in every), default=1.0)
        radius = (bottom - top - 2 * (names + _BESIDE)) / (1 + max(lowest, 0.5))
        middle = (WIDTH / 2, top + names + _BESIDE + radius)
        frame = _Frame(len(every), middle, radius)
        shares = [rings.share(wheel, level) for level in rings.levels(wheel)]
        for share in shares:
            self._line([frame.at(place, share) for place in (*every, 0)], _GRID, 1.2)
        for place in every:
            self._line([middle, frame.at(place, 1)], _GRID, 1.2)
        for number, series in enumerate(wheel.series):
            self._ring(frame, wheel, number, series)
        for share, level in zip(shares, rings.levels(wheel), strict=True):
            x, y = frame.at(0, share)
            self._write((x - 8, y), f"{level:g}", 17, "rm", _FAINT, halo=True)
        for place, name in enumerate(wheel.axes):
            self._name(frame, place, self._plain(name, str(place + 1)))

    def legend(self, number: int, series: Series, y: float) -> None:
        """One line's look and name, two in a row."""
        x = _MARGIN + (WIDTH / 2 - _MARGIN) * (number % 2)
        middle = y + _LEGEND_LINE / 2
        self._dashed([(x + 6, middle), (x + 90, middle)], number)
        self._mark((x + 48, middle), number)
        room = WIDTH / 2 - 110 - _MARGIN
        name = rings.shortened(self._plain(series.name, str(number + 1)), lambda text: self._fits(text, 22, room))
        self._write((x + 104, middle), name, 22, "lm")

    def _ring(self, frame: "_Frame", wheel: Wheel, number: int, series: Series) -> None:
        known = {at: rings.share(wheel, value) for at, value in enumerate(series.values) if value is not None}
        for run in rings.runs(series.values):
            self._dashed([frame.at(place, known[place]) for place in run], number)
        for place, share in known.items():
            self._mark(frame.at(place, share), number)

    def _name(self, frame: "_Frame", place: int, name: str) -> None:
        """Above the middle a name grows upwards from its spoke's end, below it downwards."""
        across, down = rings.spot(place, frame.count, 1)
        x, y = frame.at(place, 1)
        side = 0 if abs(across) < 0.3 else 1 if across > 0 else -1
        x += side * _BESIDE
        room = (WIDTH - 2 * _MARGIN) if not side else (WIDTH - x if side > 0 else x) - _MARGIN
        found = self._lines(name, 22, room, 2 if not side else 4)
        over = _LINE * len(found)
        begin = y - over / 2 if side and abs(down) < 0.5 else y - over - _BESIDE if down < 0 else y + _BESIDE / 2
        for row, line in enumerate(found):
            self._write((x, begin + _LINE * row), line, 22, {0: "ma", 1: "la", -1: "ra"}[side])

    def _mark(self, at: Point, number: int) -> None:
        """A circle, square, triangle or diamond; each is larger than the one before, so that both are seen."""
        x, y = at
        ink = _INKS[number]
        if number == 0:
            self._draw.ellipse([(each * _FINE) for each in (x - 6.5, y - 6.5, x + 6.5, y + 6.5)], fill=ink)
            return
        corners = (
            ((x - 8, y - 8), (x + 8, y - 8), (x + 8, y + 8), (x - 8, y + 8)),
            ((x, y - 14), (x + 13, y + 9), (x - 13, y + 9)),
            ((x, y - 16), (x + 16, y), (x, y + 16), (x - 16, y)),
        )[number - 1]
        self._line([*corners, *corners[:2]], ink, 2.6)

    def _dashed(self, points: Sequence[Point], number: int) -> None:
        for begin, end in _strokes(points, _DASHES[number]):
            self._line([begin, end], _INKS[number], 3.6)

    def _line(self, points: Sequence[Point], ink: str, width: float) -> None:
        fine = [(x * _FINE, y * _FINE) for x, y in points]
        self._draw.line(fine, fill=ink, width=round(width * _FINE), joint="curve")

    def _write(self, at: Point, text: str, size: int, anchor: str, ink: str = _TEXT, *, halo: bool = False) -> None:
        place = (at[0] * _FINE, at[1] * _FINE)
        stroke = _FINE if halo else 0
        self._draw.text(place, text, ink, self._font(size), anchor, stroke_width=stroke, stroke_fill=_PAPER)

    def _lines(self, text: str, size: int, room: float, most: int) -> tuple[str, ...]:
        return rings.lines(text, lambda part: self._fits(part, size, room), most)

    def _fits(self, text: str, size: int, room: float) -> bool:
        return self._font(size).getlength(text) <= room * _FINE

    def _font(self, size: int) -> "FreeTypeFont":
        """Pillow's own font, which is the same on every machine."""
        from PIL import ImageFont

        if size not in self._fonts:
            font = ImageFont.load_default(size * _FINE)
            assert isinstance(font, ImageFont.FreeTypeFont)
            self._fonts[size] = font
        return self._fonts[size]

    def _plain(self, text: str, instead: str) -> str:
        """The text in letters that the font has, without accents where it lacks them."""
        kept = "".join(letter for whole in text.translate(_SIMPLER) for letter in self._known(whole))
        return " ".join(kept.split()) if "\ufffd" not in kept else instead

    def _known(self, letter: str) -> Iterator[str]:
        if letter.isspace() or self._has(letter):
            yield letter
            return
        base = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
        yield from (part if self._has(part) else "\ufffd" for part in base)

    def _has(self, letter: str) -> bool:
        font = self._font(22)
        return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


class _Frame:
    """Where the wheel lies."""

    def __init__(self, count: int, middle: Point, radius: float) -> None:
        self.count = count
        self._middle = middle
        self._radius = radius

    def at(self, place: int, share: float) -> Point:
        across, down = rings.spot(place, self.count, share)
        return self._middle[0] + across * self._radius, self._middle[1] + down * self._radius


def _strokes(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[tuple[Point, Point]]:
    """The strokes of a dashed line through these points; the dashes go on round its corners."""
    turn, left = 0, dashes[0] if dashes else 0.0
    for begin, end in pairwise(points):
        length, done = dist(begin, end), 0.0
        if not dashes:
            yield begin, end
            continue
        while done < length:
            step = min(left, length - done)
            if turn % 2 == 0:
                yield _between(begin, end, done / length), _between(begin, end, (done + step) / length)
            done, left = done + step, left - step
            if left <= 0:
                turn += 1
                left = dashes[turn % len(dashes)]


def _between(begin: Point, end: Point, share: float) -> Point:
    return begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share
