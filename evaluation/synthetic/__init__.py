"""Invented data drawn from the plan, with a known truth planted; never about real people."""
