"""What people are asked: questionnaires and their scoring keys as data, checked, and written for every channel."""
