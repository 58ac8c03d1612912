"""How one telling of a therapy becomes a row: its slots, its end, its role, what it shares with others."""
