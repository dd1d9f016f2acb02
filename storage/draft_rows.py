"""How drafted updates stand in the rows of their tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select

from storage.draft_records import Approval, Draft, Origin, Part, Sentence, Source, Writing
from storage.draft_tables import draft_parts, draft_sentences, draft_sources, drafts
from storage.records import Audience
from storage.tables import people

_AUTHOR = people.alias("author")
_ASKED = people.alias("asked")
_APPROVED = people.alias("approved")
DRAFTS = (
    select(
        drafts,
        _AUTHOR.c.name.label("author_name"),
        _ASKED.c.name.label("asked_name"),
        _APPROVED.c.name.label("approved_name"),
    )
    .outerjoin(_AUTHOR, _AUTHOR.c.id == drafts.c.author_id)
    .outerjoin(_ASKED, _ASKED.c.id == drafts.c.asked_id)
    .outerjoin(_APPROVED, _APPROVED.c.id == drafts.c.approved_id)
)
PARTS = select(draft_parts, people.c.name).outerjoin(people, people.c.id == draft_parts.c.changed_id)
SENTENCES = (
    select(
        draft_sentences,
        people.c.name.label("author_name"),
        draft_sources.c.key,
        draft_sources.c.stamp,
        draft_sources.c.person_id,
    )
    .outerjoin(people, people.c.id == draft_sentences.c.author_id)
    .outerjoin(draft_sources, draft_sources.c.sentence_id == draft_sentences.c.id)
    .order_by(draft_sentences.c.place, draft_sentences.c.id, draft_sources.c.key)
)


def draft_in(row: Row[Any], parts: Iterable[Part]) -> Draft:
    """The draft that a row of `DRAFTS` holds, with its sections."""
    return Draft(
        id=row.id,
        network_id=row.network_id,
        author_id=row.author_id,
        author_name=row.author_name or "",
        first_on=row.first_on,
        last_on=row.last_on,
        audience=Audience(row.audience),
        made_at=row.made_at,
        version=row.version,
        shows_model=row.shows_model,
        parts=tuple(parts),
        writing=Writing(
            row.wanted_at, row.written_at, row.failed, row.model, row.prompt_version, row.dropped, row.marked
        ),
        approval=Approval(
            row.asked_id,
            row.asked_name or "",
            row.asked_at,
            row.wish,
            row.approved_version,
            row.approved_name or "",
        ),
        posted_at=row.posted_at,
        posted_id=row.posted_id,
        shared_at=row.shared_at,
        corrects_id=row.corrects_id,
    )


def part_in(row: Row[Any]) -> Part:
    """The section that a row of `PARTS` holds."""
    return Part(row.section, row.version, row.is_left_out, row.name or "")


def sentences_in(rows: Iterable[Row[Any]]) -> list[Sentence]:
    """The sentences that rows of `SENTENCES` hold, each with its sources."""
    by_id: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    return [_sentence(of_one) for of_one in by_id.values()]


def _sentence(rows: Sequence[Row[Any]]) -> Sentence:
    row = rows[0]
    return Sentence(
        section=row.section,
        origin=Origin(row.origin),
        sources=tuple(Source(one.key, one.stamp, one.person_id) for one in rows if one.key is not None),
        text=row.text,
        is_marked=row.is_marked,
        author_id=row.author_id,
        author_name=row.author_name or "",
        id=row.id,
    )
