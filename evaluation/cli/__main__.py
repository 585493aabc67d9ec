"""``python -m evaluation.cli`` is the command snitp."""

from evaluation.cli import main

main()
