"""Figures of the report: one house style, drawn from released numbers only, with words and data beside them."""

from evaluation.reporting.figures.exhibit import plot

__all__ = ["plot"]
