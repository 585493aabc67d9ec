"""What a reader sees: exhibits and sentences in one language, chapters, the report and its seal."""
