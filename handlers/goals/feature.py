"""The feature that the modules here declare their routes on."""

from handlers.goals import examples
from handlers.kit.feature import Feature

feature = Feature("goals", examples=examples.examples)
