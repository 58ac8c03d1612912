"""What is known of a patient: age and sex from tables, the disease the report is about."""
