"""The words everyone shares: results, statuses, errors, provenance, paths, language."""
