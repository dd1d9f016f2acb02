"""Prompts are the words: question banks and templates as data, and nothing that waits."""
