"""Pure functions: a tidy table and a definition in, a Result out; no files, no language, no rounding."""
