"""What a sentence stands on: one of its facts, taken apart once for all rules."""

from dataclasses import dataclass
from functools import cached_property

from prompts.claims.dates import When, dates, supports
from prompts.claims.numbers import Number, numbers
from prompts.claims.words import Clause, clauses, content, folded
from prompts.updates.shape import Fact


@dataclass(frozen=True)
class Ground:
    """A fact's words, clauses, numbers and dates."""

    fact: Fact

    @cached_property
    def text(self) -> str:
        """Its words, and whose they are."""
        return f"{folded(self.fact.text)}\n{folded(self.fact.by)}"

    @cached_property
    def stems(self) -> frozenset[str]:
        """What it says."""
        return content(self.text)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses."""
        return clauses(folded(self.fact.text))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, dates apart."""
        return numbers(dates(self.fact.text)[1])

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words as they stand, in small letters."""
        return frozenset(token for clause in clauses(self.text) for token in clause.tokens)

    def has_date(self, when: When) -> bool:
        """True if that date is the source's own or in its words."""
        return supports(self.fact.on, self.fact.text, when)
