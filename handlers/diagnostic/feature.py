"""The feature that the modules here declare their routes on."""

from handlers.diagnostic import examples
from handlers.kit.feature import Feature

feature = Feature("diagnostic", examples=examples.examples)
