"""The model of a fact, the fact file that states facts, and what follows from them."""
