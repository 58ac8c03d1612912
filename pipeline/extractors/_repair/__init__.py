"""Repairs of words that several extractors share: hyphens, torn words, exponents, odd characters."""
