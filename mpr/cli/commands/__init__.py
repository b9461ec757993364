"""The commands of `mpr`, a module each: its options and what it prints."""
