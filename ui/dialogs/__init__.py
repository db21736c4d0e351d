"""What asks and gives a value back; whoever opened it acts."""
