"""Settings of every test: a busy machine is no failure, and a generated example can be drawn again."""

from hypothesis import settings

settings.register_profile("kit", deadline=None, derandomize=True)
settings.load_profile("kit")
