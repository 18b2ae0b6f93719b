"""What several measurements are made on: a million cases as a country files them, in a database of their own."""
