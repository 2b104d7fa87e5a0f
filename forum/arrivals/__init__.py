"""Arrival: who came, told by the devices at the doors, with a network or without."""
