"""The feature that the modules here declare their routes on."""

from handlers.coaching import examples
from handlers.kit.feature import Feature

feature = Feature("coaching", examples=examples.examples)
