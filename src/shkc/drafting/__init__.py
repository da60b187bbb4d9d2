"""The steps from a report's text to a draft of its fact file; `shkc.draft` puts them together.

source → outline → scanning → relating → naming → evidence → writing; each knows only those before it.
"""
