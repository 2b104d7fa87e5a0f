"""People, organisations, sign-in. Imports nothing of ours."""
