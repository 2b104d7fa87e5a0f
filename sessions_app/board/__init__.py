"""The board on which organisers put sessions into rooms and times, several of them at once."""
