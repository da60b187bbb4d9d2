"""What a shell completes: sections, and facts by id."""

from shkc import base as library


def complete_section(incomplete: str) -> list[tuple[str, str]]:
    """Section ids and short titles that begin with what was typed."""
    counts = library.open().sections()
    choices = [(name, count.title) for count in counts for name in (count.short, count.id, count.number)]
    return [choice for choice in choices if choice[0].startswith(incomplete)]


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Fact ids that begin with what was typed, with their names."""
    return list(library.open().ids_beginning(incomplete))
