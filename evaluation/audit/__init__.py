"""The self-audit: a sealed report read back from its files, check by check, and its numbers walked to their cells."""
