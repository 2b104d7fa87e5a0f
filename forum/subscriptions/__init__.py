"""What a reader does not want to be sent, and the one click that says so."""
