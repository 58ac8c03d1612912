"""What decides whether a turn is one of the patient's disease."""
