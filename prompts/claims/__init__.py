"""What a sentence claims, found by plain rules: its words, numbers, dates, names, sign, scope and causes."""
