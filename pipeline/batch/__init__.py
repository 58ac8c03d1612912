"""Many documents: which files are read, by which engine, what is kept, and what the run directory tells of it."""
