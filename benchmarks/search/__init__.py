"""How often the right fact comes first: queries by other hands, shkc beside the usual tools on the same facts."""
