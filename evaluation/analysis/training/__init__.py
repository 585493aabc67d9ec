"""What participants of a training knew before and after: scores, gains, items, sessions, open answers."""
