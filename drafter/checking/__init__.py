"""The check: every figure, date, name, title and quote of a text against the facts."""
