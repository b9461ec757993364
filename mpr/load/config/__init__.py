"""Reading `indicators.yaml`: its schema, its vocabularies and the definition of each indicator."""
