"""The gate: a result in, a released table out, attacked before it opens."""
