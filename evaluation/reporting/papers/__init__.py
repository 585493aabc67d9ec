"""Papers for those who commission and approve: terms of reference, response form, four-page summary, register."""
