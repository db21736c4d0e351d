"""The rules of the business: pure, without clock or I/O, standard library only."""
