"""The four sounds and what makes them."""
