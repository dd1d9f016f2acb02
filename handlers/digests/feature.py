"""The feature that the routes of digests are declared on."""

from handlers.digests.examples import examples
from handlers.kit.feature import Feature

feature = Feature("digests", examples=examples)
