"""What each chart shows: scales, points and sentences, before anything is drawn."""
