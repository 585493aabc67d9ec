"""Instruments that collect feedback from and about victims: what is asked, why, and on which conditions."""
