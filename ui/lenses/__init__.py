"""Other ways to look at a reading: each takes readings and gives panels and frames."""
