"""From a question to ranked facts, as pure functions: they are given candidates and corpus statistics."""
