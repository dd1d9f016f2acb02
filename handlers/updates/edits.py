"""What an edit of a section makes of its sentences: no line loses the sources that it may still rest on."""

from collections.abc import Iterable, Sequence

from handlers.kit.facts import Fact
from handlers.updates import drafted, rules
from handlers.updates.stale import Line
from storage.draft_records import Origin, Sentence, Source
from storage.records import Person

LIKE = 0.5
"""From this likeness on, a line is an older one that was edited."""
RUN = 5
"""So many words in a row that stand in a source, too, are taken from it."""


def as_text(lines: Iterable[Line]) -> str:
    """The section as it stands in its form: a line for each sentence that may be shown."""
    return "\n".join(drafted.one_line(one.text) for one in lines if one.text)


def read(text: str, section: str, before: Sequence[Line], facts: Iterable[Fact], editor: Person) -> list[Sentence]:
    """The sentences of a section from its form; `facts` are all that the update's readers may read.

    A line that stands as it was keeps all it had. One that was edited keeps the sources of the line that it is most
    like. One that is like none keeps those of all lines that it took the place of, and of each fact whose words it
    repeats. With no source left, its writer is its source. A line that is not shown stays till somebody looks at it.
    """
    old = {drafted.one_line(one.text): one for one in before if one.text}
    typed = [one for one in map(drafted.one_line, text.splitlines()) if one.strip("-–• ")]
    gone = [one for line, one in old.items() if line not in typed]
    matched = {line: _nearest(line, gone) for line in typed if line not in old}
    left = [one for one in gone if one not in matched.values()]
    known, read = list(facts), list[Sentence]()
    for line in dict.fromkeys(typed):
        if line in old:
            read.append(old[line].sentence)
            continue
        near = matched[line]
        rests_on = [source for one in ([near] if near else left) for source in one.sentence.sources]
        read.append(_by(editor, line, section, [*rests_on, *_repeated(line, known)]))
    return [*read, *(one.sentence for one in before if not one.text)]


def own(line: str, section: str, facts: Iterable[Fact], editor: Person) -> Sentence:
    """A line of one's own. Its writer is its source, unless it repeats what others said."""
    return _by(editor, drafted.one_line(line), section, _repeated(line, facts))


def _nearest(line: str, gone: Sequence[Line]) -> Line | None:
    """The line that this one was before, if it is like any."""
    return next((one for one in gone if rules.alike(one.text, line, LIKE)), None)


def _repeated(line: str, facts: Iterable[Fact]) -> list[Source]:
    """The facts from which a line takes some words in a row."""
    runs = _runs(line)
    return list(drafted.sources(one for one in facts if runs & _runs(one.text)))


def _runs(text: str) -> set[tuple[str, ...]]:
    found = rules.words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def _by(editor: Person, line: str, section: str, sources: Iterable[Source]) -> Sentence:
    each = {one.key: one for one in reversed(list(sources))}
    kept = tuple(each[key] for key in sorted(each))
    return Sentence(section, Origin.PERSON, kept, line, author_id=editor.id, author_name=editor.name)
