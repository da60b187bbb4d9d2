"""From a document (PDF, DOCX, HTML, text) to the paragraphs of its text."""
