"""mpr: from a council's performance indicators to its Monthly Performance Report."""
