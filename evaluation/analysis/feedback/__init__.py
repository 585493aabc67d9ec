"""What victims' feedback says: who answered, levels, change over time, validity of the scores, answers in own words."""
