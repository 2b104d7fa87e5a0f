"""The ticket: what its QR code says, and the page that shows it."""
