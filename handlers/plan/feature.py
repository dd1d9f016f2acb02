"""The feature that the modules here declare their routes on."""

from handlers.kit.feature import Feature
from handlers.plan import examples

feature = Feature("plan", examples=examples.examples)
