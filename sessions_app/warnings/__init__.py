"""What is wrong with the draft, computed for the whole of it, as sentences with links."""
