"""Figures, ratings and comments put into words."""
