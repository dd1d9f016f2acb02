"""What a sentence stands on: one of its facts, taken apart once for all rules."""

from dataclasses import dataclass
from functools import cached_property

from prompts.claims.causes import Connection, connections
from prompts.claims.dates import When, dates, fits, of_source
from prompts.claims.names import has_name, names, spoken
from prompts.claims.numbers import Number, numbers
from prompts.claims.quantities import quantities
from prompts.claims.words import Clause, clauses, content, folded, stem
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

    @cached_property
    def quantities(self) -> frozenset[tuple[str, str]]:
        """How much or how many it speaks of, and of what."""
        return frozenset(each for clause in self.clauses for each in quantities(clause.text))

    @cached_property
    def connections(self) -> frozenset[Connection]:
        """What it says came of what."""
        return connections(self.text)

    @cached_property
    def named(self) -> frozenset[str]:
        """The stems of the names in it."""
        return frozenset(stem(word) for name in names(self.text) for word in name)

    def has_name(self, name: tuple[str, ...]) -> bool:
        """True if the name is in its words, or is whose they are."""
        return has_name(name, self._spoken)

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return spoken(self.text)

    def has_date(self, when: When) -> bool:
        """True if that date is the source's own or in its words."""
        return any(fits(when, told) for told in self._dates)

    @cached_property
    def _dates(self) -> tuple[When, ...]:
        return of_source(self.fact.on, self.fact.text)
