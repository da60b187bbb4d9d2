"""The steps from a report's text to a draft of its fact file; `shkc.draft` puts them together.

source; wording → scanning → relating → naming → outline, evidence, milestones → entries → writing. Each knows only some
of those before it: the rows are in `tests/test_architecture.py`.
"""
