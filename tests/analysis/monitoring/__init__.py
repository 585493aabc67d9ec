"""Tests of the monitoring analysis."""
