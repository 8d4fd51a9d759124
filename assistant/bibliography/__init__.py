"""References for use elsewhere: BibTeX, RIS and CSL-JSON, for reference managers and for LaTeX."""

from assistant.bibliography.work import Work, work_cited, work_of, works_cited
from assistant.bibliography.writing import Format, references

__all__ = ["Format", "Work", "references", "work_cited", "work_of", "works_cited"]
