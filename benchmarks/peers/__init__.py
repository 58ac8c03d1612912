"""Programs that measure the peers; they import nothing of casebook, since they run in an environment of their own."""
