"""Settings of every test: a busy machine is no failure, a file of tests stays together, and so does the built report."""

import pytest
from hypothesis import settings
from xdist.scheduler.loadscope import LoadScopeScheduling

settings.register_profile("kit", deadline=None, derandomize=True)
settings.load_profile("kit")
TOGETHER = "tests/report/"
"""Tests that build the report once and look at it many times."""


class ByFile(LoadScopeScheduling):
    """A worker gets whole files, so that what a file prepares is prepared once; tests of the report are one file."""

    def _split_scope(self, nodeid: str) -> str:
        return "report" if nodeid.startswith(TOGETHER) else nodeid.split("::", 1)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Mark xdist_group is not heeded by every pair of versions of pytest and xdist; this is."""
    return ByFile(config, log)
