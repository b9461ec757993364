"""What is known of an indicator and what follows from it: pure, no file is read here and nothing is printed."""
