"""The draft as the public gets it: published, told, compared, and gone back to."""
