"""The printed page as PDF/UA-1: split into chunks, laid out chunk by chunk, assembled into one tagged PDF."""
