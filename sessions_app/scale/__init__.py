"""Fills an edition with as much as a republican forum has ever had, for measuring."""
