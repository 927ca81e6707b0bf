"""The tests. They speak as a household or an officer would; see tests/play."""
