"""Questions to many drafted reports at once, with the figures that people found in their texts."""
