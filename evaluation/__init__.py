"""Evaluation kit of the National Strategy against Trafficking in Persons."""
