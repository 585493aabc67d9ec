"""Judgement: evaluation matrix, evidence grade, findings, conclusions, recommendations and the report's own audit."""
