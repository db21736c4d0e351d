"""Makes the environment of the program, then runs it or its tests; standard library only."""
