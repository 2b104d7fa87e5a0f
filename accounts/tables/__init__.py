"""Tables that people send: looked into, decoded, and read into rows, whatever wrote them."""
