"""Drafted updates with their sentences and what each rests on; no words that other tables hold are kept here again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, update

from storage.draft_records import Draft, NewDraft, Part, Sentence, Wanted
from storage.draft_rows import DRAFTS, PARTS, SENTENCES, draft_in, part_in, sentences_in
from storage.draft_tables import draft_parts, draft_sentences, draft_sources, drafts
from storage.draft_writing import DraftWriting
from storage.records import Audience

_IS_OUT = or_(drafts.c.posted_at.is_not(None), drafts.c.shared_at.is_not(None))
_OUT_AT = func.coalesce(drafts.c.posted_at, drafts.c.shared_at)
_REPLACES = select(drafts.c.id).limit(1)
MOST = 50
"""Drafts that one answer looks at."""


class Drafts:
    """Keeps drafts, and answers how they stand. Who may read one is judged by whoever asks: it holds no audience
    but the one that its facts were asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._writing = DraftWriting(connection)

    def add(self, new: NewDraft, at: datetime, sentences: Iterable[Sentence]) -> int:
        """Keep a new draft with its sentences; returns its id."""
        values: dict[str, Any] = {**asdict(new), "audience": int(new.audience), "made_at": at}
        values["wanted_at"] = at if values.pop("with_model") else None
        plain = {"version": 0, "dropped": 0, "marked": 0, "shows_model": False}
        empty = dict.fromkeys(("wish", "numbers", "failed", "model", "prompt_version"), "")
        adding = insert(drafts).values({**values, **plain, **empty}).returning(drafts.c.id)
        draft_id = int(self._connection.execute(adding).scalar_one())
        self._put(draft_id, sentences, is_model=False)
        return draft_id

    def hold(self, draft_id: int) -> None:
        """Wait for whoever changes the draft, then let others wait until this unit of work has ended."""
        self._connection.execute(select(drafts.c.id).where(drafts.c.id == draft_id).with_for_update(key_share=True))

    def by_id(self, draft_id: int) -> Draft | None:
        """The draft, if there is one."""
        return next(iter(self._some(drafts.c.id == draft_id)), None)

    def of_networks(self, network_ids: Sequence[int], *, only_out: bool = False) -> list[Draft]:
        """The networks' drafts and what came of them, newest first; `only_out`: those that were posted or shared."""
        out = [_IS_OUT] if only_out else []
        return self._some(drafts.c.network_id.in_(list(network_ids)), *out)

    def latest_shared(self, network_ids: Sequence[int]) -> dict[int, Draft]:
        """By network, the newest update that was approved and shared with the faculty."""
        newest = (
            select(func.max(drafts.c.id))
            .where(drafts.c.network_id.in_(list(network_ids)), drafts.c.shared_at.is_not(None))
            .where(drafts.c.audience >= int(Audience.FACULTY))
            .group_by(drafts.c.network_id)
        )
        return {one.network_id: one for one in self._some(drafts.c.id.in_(newest))}

    def shared_with_faculty(self) -> list[Draft]:
        """Every update that the faculty may read, newest first."""
        return self._some(drafts.c.shared_at.is_not(None), drafts.c.audience >= int(Audience.FACULTY))

    def out_since(self, since: datetime, network_ids: Sequence[int]) -> list[Draft]:
        """What was posted or shared of these networks since then, where nothing took its place, newest first."""
        later = drafts.alias("later")
        is_out = or_(later.c.posted_at.is_not(None), later.c.shared_at.is_not(None))
        replaced = select(later.c.id).where(later.c.corrects_id == drafts.c.id, is_out)
        return self._some(since <= _OUT_AT, drafts.c.network_id.in_(list(network_ids)), ~replaced.exists(), most=None)

    def is_replaced(self, draft_id: int) -> bool:
        """True where a later one, which corrects it, was posted in its place."""
        return (
            self._connection.execute(
                _REPLACES.where(drafts.c.corrects_id == draft_id, drafts.c.posted_at.is_not(None))
            ).first()
            is not None
        )

    def to_approve(self, person_ids: Sequence[int]) -> list[Draft]:
        """The drafts that these people were asked to approve and have not answered, oldest first."""
        waits = or_(drafts.c.approved_version.is_(None), drafts.c.approved_version != drafts.c.version)
        asked = (drafts.c.asked_id.in_(list(person_ids)), drafts.c.asked_at.is_not(None), drafts.c.wish == "")
        return self._some(*asked, waits, ~_IS_OUT, most=None)[::-1]

    def answered(self, author_ids: Sequence[int]) -> list[Draft]:
        """The drafts of these people that were approved as they stand, or that someone wants changed, oldest first."""
        told = or_(drafts.c.wish != "", drafts.c.approved_version == drafts.c.version)
        return self._some(drafts.c.author_id.in_(list(author_ids)), told, ~_IS_OUT, most=None)[::-1]

    def last_told_on(self, network_id: int) -> date | None:
        """The last day that an update of the network told of, which was posted or shared."""
        told = select(func.max(drafts.c.last_on)).where(drafts.c.network_id == network_id, _IS_OUT)
        return self._connection.execute(told).scalar()

    def sentences(self, draft_id: int, *, is_model: bool) -> list[Sentence]:
        """The sentences of one version of the draft, in their order."""
        mine = (draft_sentences.c.draft_id == draft_id, draft_sentences.c.is_model == is_model)
        return sentences_in(self._connection.execute(SENTENCES.where(*mine)))

    def sentences_of(self, wanted: Mapping[int, bool]) -> dict[int, list[Sentence]]:
        """The same for several drafts, by id: whether the model's version of each is wanted."""
        rows: dict[int, list[Row[Any]]] = {draft_id: [] for draft_id in wanted}
        for row in self._connection.execute(SENTENCES.where(draft_sentences.c.draft_id.in_(list(wanted)))):
            if row.is_model == wanted[row.draft_id]:
                rows[row.draft_id].append(row)
        return {draft_id: sentences_in(of_one) for draft_id, of_one in rows.items()}

    def set_section(self, draft: Draft, section: str, sentences: Sequence[Sentence], person_id: int) -> None:
        """Let these be the section's sentences, in this order, in the version that counts; those with an id stay what
        they are."""
        mine = (draft_sentences.c.draft_id == draft.id, draft_sentences.c.is_model == draft.shows_model)
        kept = [one.id for one in sentences if one.id]
        gone = (draft_sentences.c.section == section, draft_sentences.c.id.not_in(kept))
        self._connection.execute(delete(draft_sentences).where(*mine, *gone))
        self._put(draft.id, sentences, is_model=draft.shows_model)
        self._touch(draft, section, person_id, is_left_out=draft.part(section).is_left_out)

    def leave_out(self, draft: Draft, section: str, person_id: int, *, is_left_out: bool) -> None:
        """Leave the section out, or put it back."""
        self._touch(draft, section, person_id, is_left_out=is_left_out)

    def take_out(self, draft_id: int, sentence_ids: Sequence[int], *, is_new: bool = True) -> None:
        """Delete sentences of the draft, words and all. `is_new`: the draft's version changes, so it needs approval."""
        mine = (draft_sentences.c.draft_id == draft_id, draft_sentences.c.id.in_(list(sentence_ids)))
        self._connection.execute(delete(draft_sentences).where(*mine))
        if is_new:
            self._changed(draft_id)

    def restamp(
        self, draft_id: int, stamps: Iterable[tuple[int, str, str]], missing: Iterable[tuple[int, str]], *, is_new: bool
    ) -> None:
        """Note that somebody looked: by sentence and key, the stamp that the fact has now; what is `missing` is no
        source any more. `is_new` as for `take_out`."""
        for sentence_id, key, stamp in stamps:
            self._connection.execute(update(draft_sources).where(*_source(sentence_id, key)).values(stamp=stamp))
        for sentence_id, key in missing:
            self._connection.execute(delete(draft_sources).where(*_source(sentence_id, key)))
        if is_new:
            self._changed(draft_id)

    def strike(self, sentence_ids: Sequence[int]) -> None:
        """Delete the words of sentences whose sources their readers may not read any more; that they stood there
        stays, so that somebody looks."""
        ids = draft_sentences.c.id.in_(list(sentence_ids))
        self._connection.execute(update(draft_sentences).where(ids, draft_sentences.c.text != "").values(text=""))

    def ask(self, draft_id: int, person_id: int | None, at: datetime | None) -> None:
        """Someone is asked to approve; with None, nobody is any more."""
        self._set(draft_id, asked_id=person_id, asked_at=at, wish="")

    def approve(self, draft: Draft, person_id: int) -> None:
        """The draft is approved as it stands now."""
        self._set(draft.id, approved_version=draft.version, approved_id=person_id, wish="")

    def want_changes(self, draft_id: int, wish: str) -> None:
        """Whoever was asked wants something changed, and says what."""
        self._set(draft_id, wish=wish, approved_version=None, approved_id=None)

    def post(self, draft_id: int, person_id: int, at: datetime) -> None:
        """It was posted to the network's home."""
        self._set(draft_id, posted_id=person_id, posted_at=at)

    def share(self, draft_id: int, person_id: int, at: datetime) -> None:
        """It was shared with the faculty."""
        self._set(draft_id, posted_id=person_id, shared_at=at)

    def show_model(self, draft_id: int, *, shows: bool) -> None:
        """Which version counts."""
        self._set(draft_id, shows_model=shows)
        self._changed(draft_id)

    def discard(self, draft_id: int) -> None:
        """Delete the draft with all it says."""
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    def claim_wanted(self, now: datetime, lease: timedelta) -> Wanted | None:
        """A draft for which a model's version is wanted, for whoever claims it first; None where there is none."""
        return self._writing.claim(now, lease)

    def keep_numbers(self, draft_id: int, numbers: str) -> None:
        """Keep which facts a model was asked about, by number, as text that only its writer reads."""
        self._set(draft_id, numbers=numbers)

    def numbers(self, draft_id: int) -> str:
        """What was kept so; empty where nothing was."""
        return self._connection.execute(select(drafts.c.numbers).where(drafts.c.id == draft_id)).scalar() or ""

    def written(
        self,
        wanted: Wanted,
        at: datetime,
        sentences: Iterable[Sentence],
        *,
        model: str,
        prompt_version: str,
        dropped: int,
    ) -> bool:
        """Keep the model's version that was claimed; False where the claim has run out, and nothing is kept."""
        kept = list(sentences)
        marked = sum(one.is_marked for one in kept)
        told: dict[str, str | int] = {
            "model": model,
            "prompt_version": prompt_version,
            "dropped": dropped,
            "marked": marked,
        }
        if not self._writing.end(wanted, at, **told):
            return False
        self._put(wanted.draft_id, kept, is_model=True)
        return True

    def not_written(self, wanted: Wanted, at: datetime, why: str, **told: str) -> bool:
        """Note why there is no model's version; False where the claim has run out."""
        return self._writing.end(wanted, at, failed=why, **told)

    def written_by(self, person_id: int) -> list[tuple[int, Sentence]]:
        """Every sentence that the person wrote or edited, with its draft's id, for their export."""
        rows = self._connection.execute(SENTENCES.where(draft_sentences.c.author_id == person_id)).all()
        drafts_by_id = {row.id: row.draft_id for row in rows}
        return [(drafts_by_id[one.id], one) for one in sentences_in(rows)]

    def wishes_of(self, person_id: int) -> list[Draft]:
        """The drafts for which the person wants changes, for their export."""
        return self._some(drafts.c.asked_id == person_id, drafts.c.wish != "")

    def erase_person(self, person_id: int) -> None:
        """Erase what the person wrote in drafts, and every sentence that rests on what they said, posted or not."""
        rests = select(draft_sources.c.sentence_id).where(draft_sources.c.person_id == person_id)
        theirs = or_(draft_sentences.c.author_id == person_id, draft_sentences.c.id.in_(rests))
        hit = select(draft_sentences.c.draft_id).where(theirs)
        changed = update(drafts).where(drafts.c.id.in_(hit)).values(version=drafts.c.version + 1)
        self._connection.execute(changed)
        self._connection.execute(delete(draft_sentences).where(theirs))
        self._connection.execute(update(drafts).where(drafts.c.asked_id == person_id).values(wish=""))

    def _put(self, draft_id: int, sentences: Iterable[Sentence], *, is_model: bool) -> None:
        first = select(func.coalesce(func.max(draft_sentences.c.place), 0)).where(
            draft_sentences.c.draft_id == draft_id
        )
        start = self._connection.execute(first).scalar_one() + 1
        for place, one in enumerate(sentences, start):
            if one.id:
                moved = update(draft_sentences).where(draft_sentences.c.id == one.id)
                self._connection.execute(moved.values(place=place))
                continue
            values = {
                "draft_id": draft_id,
                "is_model": is_model,
                "section": one.section,
                "place": place,
                "origin": one.origin.value,
                "text": one.text,
                "is_marked": one.is_marked,
                "author_id": one.author_id,
            }
            adding = insert(draft_sentences).values(values).returning(draft_sentences.c.id)
            sentence_id = self._connection.execute(adding).scalar_one()
            rows = [{"sentence_id": sentence_id, **asdict(source)} for source in one.sources]
            if rows:
                self._connection.execute(insert(draft_sources), rows)

    def _touch(self, draft: Draft, section: str, person_id: int, *, is_left_out: bool) -> None:
        values = {"version": draft.part(section).version + 1, "is_left_out": is_left_out, "changed_id": person_id}
        mine = (draft_parts.c.draft_id == draft.id, draft_parts.c.section == section)
        if not self._connection.execute(update(draft_parts).where(*mine).values(values)).rowcount:
            self._connection.execute(insert(draft_parts).values(draft_id=draft.id, section=section, **values))
        self._changed(draft.id)

    def _changed(self, draft_id: int) -> None:
        self._set(draft_id, version=drafts.c.version + 1)

    def _set(self, draft_id: int, **values: Any) -> None:
        self._connection.execute(update(drafts).where(drafts.c.id == draft_id).values(values))

    def _some(self, *where: ColumnElement[bool], most: int | None = MOST) -> list[Draft]:
        return self._many(DRAFTS.where(*where).order_by(drafts.c.id.desc()).limit(most))

    def _many(self, statement: Select[Any]) -> list[Draft]:
        rows = self._connection.execute(statement).all()
        parts: dict[int, list[Part]] = {}
        ids = [row.id for row in rows]
        for row in self._connection.execute(PARTS.where(draft_parts.c.draft_id.in_(ids))) if ids else ():
            parts.setdefault(row.draft_id, []).append(part_in(row))
        return [draft_in(row, parts.get(row.id, ())) for row in rows]


def _source(sentence_id: int, key: str) -> tuple[ColumnElement[bool], ...]:
    return draft_sources.c.sentence_id == sentence_id, draft_sources.c.key == key
