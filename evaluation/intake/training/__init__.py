"""Answers of training sessions: read from every usual channel, compared, paired without names."""
