"""Badges: one at the desk at once, or all of an edition by a worker, with its progress kept."""
