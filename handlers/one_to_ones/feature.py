"""The feature that the modules here declare their routes on."""

from handlers.kit.feature import Feature
from handlers.one_to_ones import examples

feature = Feature("one_to_ones", examples=examples.examples)
"""Use of one-to-ones is nowhere in the audit log: whoever reads that would know who meets."""
