"""A run and its ledger in other forms: curated tables, gold, brat standoff, W3C Web Annotations, JSON lines."""
