"""The feature that the modules here declare their routes on."""

from handlers.kit.feature import Feature
from handlers.updates import examples

feature = Feature("updates", examples=examples.examples)
