"""What holds for every address of the site together."""
