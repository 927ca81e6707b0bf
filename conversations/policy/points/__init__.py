"""Points: what a message tells of them (reading), and the stars they make."""
