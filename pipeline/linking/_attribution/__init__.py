"""What decides whose fact a clause tells."""
