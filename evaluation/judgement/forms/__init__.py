"""Workbooks that go out with open cells and come back: the management response and the agency's comments."""
