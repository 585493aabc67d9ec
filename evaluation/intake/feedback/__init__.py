"""Feedback of victims: codes, consent, waves, screening, withdrawal and retention."""
