"""How tests speak: as a household or an officer, on any channel, with save and reload between lines."""
