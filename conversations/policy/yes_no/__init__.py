"""Questions for yes or no: how they are put, what they take for granted, the word said first."""
