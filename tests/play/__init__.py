"""How tests speak: as a household or an officer, saved and reloaded between any two lines."""
