"""The printed page: cut into pieces, laid out piece by piece, bound into one PDF."""
