"""What runs now and what is next: a page for phones, and displays in halls and at doors."""
