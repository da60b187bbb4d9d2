"""The facts as one HTML page that needs no network: its data (here in Python), its look and behaviour (beside it)."""
