"""The programme on paper: a sheet of the day, and sheets for the doors, as PDF."""
