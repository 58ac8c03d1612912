"""What a turn of the disease is told of, and what it answers to."""
