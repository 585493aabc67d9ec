"""What is evaluated: the plan, its institutions, the baseline ledger, the assessments; all of it data."""
