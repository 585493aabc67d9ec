"""Drafts of findings given to evaluators as a workbook, and their decisions taken into the judgement's file."""
