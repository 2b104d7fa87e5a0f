"""The organisers' desk for registrations: who is let in, who waits, and what was decided."""
