"""`indicators.yaml`: its schema, its vocabularies and what it says of each indicator."""
