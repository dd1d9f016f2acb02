"""The feature that the modules here declare their routes on."""

from handlers.kit.feature import Feature
from handlers.nudges import examples

feature = Feature("nudges", examples=examples.examples)
