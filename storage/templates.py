"""Check-in templates: each network's questions, version by version; a version never changes."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from storage.networks import network_in
from storage.records import Audience, Condition, Network, QuestionKind, Template, TemplateQuestion
from storage.tables import networks, templates

_BY_ID = select(templates).where(templates.c.id == bindparam("wanted"))
_BY_IDS = select(templates).where(templates.c.id.in_(bindparam("wanted", expanding=True)))
_WITH_NETWORK = (
    select(*(column.label(f"network_{column.name}") for column in networks.c), *templates.c)
    .join_from(templates, networks, networks.c.id == templates.c.network_id)
    .where(templates.c.id == bindparam("wanted"))
)


class Templates:
    """Answers which questions a network asks, now or then; what it has read in this unit it does not read again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Template] = {}
        self._read_with_network: dict[int, tuple[Network, Template]] = {}

    def current(self, network_id: int) -> Template | None:
        """The newest version of the network's questions."""
        of_network = select(templates).where(templates.c.network_id == network_id)
        row = self._connection.execute(of_network.order_by(templates.c.version.desc()).limit(1)).first()
        return _template(row) if row else None

    def by_id(self, template_id: int) -> Template | None:
        """That version."""
        if template_id not in self._read:
            row = self._connection.execute(_BY_ID, {"wanted": template_id}).first()
            if row is None:
                return None
            self._read[template_id] = _template(row)
        return self._read[template_id]

    def with_network(self, template_id: int) -> tuple[Network, Template] | None:
        """That version and the network that it is of: in one statement, for every check-in."""
        if template_id not in self._read_with_network:
            row = self._connection.execute(_WITH_NETWORK, {"wanted": template_id}).first()
            if row is None:
                return None
            self._read_with_network[template_id] = (network_in(row, "network_"), _template(row))
        return self._read_with_network[template_id]

    def by_ids(self, ids: Iterable[int]) -> dict[int, Template]:
        """These versions, by id."""
        rows = self._connection.execute(_BY_IDS, {"wanted": sorted(set(ids))})
        return {row.id: _template(row) for row in rows}

    def current_of(self, network_ids: Iterable[int]) -> dict[int, Template]:
        """The newest version of each network's questions, by network; those without any are left out."""
        newest = select(func.max(templates.c.id)).where(templates.c.network_id.in_(set(network_ids)))
        rows = self._connection.execute(
            select(templates).where(templates.c.id.in_(newest.group_by(templates.c.network_id)))
        )
        return {row.network_id: _template(row) for row in rows}

    def versions(self, network_id: int) -> list[Template]:
        """Every version, oldest first."""
        of_network = select(templates).where(templates.c.network_id == network_id)
        return [_template(row) for row in self._connection.execute(of_network.order_by(templates.c.version))]

    def add(
        self, network_id: int, questions: tuple[TemplateQuestion, ...], at: datetime, created_by: int | None
    ) -> Template:
        """Keep a new version. Raises sqlalchemy.exc.IntegrityError where another was added at the same moment."""
        current = self.current(network_id)
        version = current.version + 1 if current else 1
        values = {
            "network_id": network_id,
            "version": version,
            "questions": json.dumps([_as_json(question) for question in questions]),
            "created_at": at,
            "created_by": created_by,
        }
        added = self._connection.execute(insert(templates).values(values).returning(templates.c.id)).scalar_one()
        return Template(int(added), network_id, version, questions)


def _as_json(question: TemplateQuestion) -> dict[str, Any]:
    condition = question.shown_if
    return {
        "key": question.key,
        "label": question.label,
        "kind": question.kind.value,
        "required": question.required,
        "audience": int(question.audience),
        "choices": list(question.choices),
        "low": question.low,
        "high": question.high,
        "shown_if": {"key": condition.key, "values": list(condition.values)} if condition else None,
        "asks_for_help": question.asks_for_help,
    }


def _template(row: Row[Any]) -> Template:
    return Template(row.id, row.network_id, row.version, _questions(row.questions))


@lru_cache(maxsize=256)
def _questions(kept: str) -> tuple[TemplateQuestion, ...]:
    return tuple(_question(one) for one in json.loads(kept))


def _question(kept: dict[str, Any]) -> TemplateQuestion:
    condition = kept["shown_if"]
    return TemplateQuestion(
        key=kept["key"],
        label=kept["label"],
        kind=QuestionKind(kept["kind"]),
        required=kept["required"],
        audience=Audience(kept["audience"]),
        choices=tuple(kept["choices"]),
        low=kept["low"],
        high=kept["high"],
        shown_if=Condition(condition["key"], tuple(condition["values"])) if condition else None,
        asks_for_help=kept["asks_for_help"],
    )
