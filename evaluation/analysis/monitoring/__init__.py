"""What the monitoring data show: progress, delivery, completeness, plausibility."""
