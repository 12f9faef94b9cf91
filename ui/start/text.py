"""The English of Start: the rest of its words is what all pages share."""

HINT = "arrow keys step, space plays"
