"""Indicators that the plan leaves undefined: definitions computed, tested and judged."""
