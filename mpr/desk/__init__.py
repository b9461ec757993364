"""What the team does at its desk, a file a command."""
