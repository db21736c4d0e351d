"""How Chinese is read aloud, in two small tables, and what makes them."""
