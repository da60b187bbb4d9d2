"""What the claims about shkc are measured with; each module says how it is run."""
