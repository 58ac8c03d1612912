"""How fast casebook is, beside its peers; ``make bench``."""
