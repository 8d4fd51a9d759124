"""The tables of the catalogue."""

from __future__ import annotations

SCHEMA_VERSION = 4
# Libraries of these versions lack tables only: they are made when one is opened, and filled by the next ingest.
EARLIER_VERSIONS = ("2", "3")

_PASSAGES = """
CREATE TABLE IF NOT EXISTS {name} (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    index_id TEXT NOT NULL UNIQUE, start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    sentences BLOB NOT NULL, sentence_vectors BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS {name}_by_document ON {name} (document, start);
"""

# `unswept` names index entries that may have to go: those of a write that has begun, until its commit, and those
# that a commit has made obsolete, until the indexes have dropped them. `works` holds the names by which one work is
# known (DOI, PMID, PMCID, title and first author), `origin_documents` which document stands for what an origin
# gave: another one's, where that was the better copy of the same work. `failure_listings` holds what a failure was
# met in, so that it can be asked for again, and that it goes once the whole was listed without it. `notices`
# outlives the documents that it is about: a retracted paper that is removed and comes back is a retracted paper.
# `abbreviations` also holds the forms by which names are compared. `words` holds every word that some document has
# ever had: those that none has any more are told by the index.
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origins (location TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origin_documents (
    location TEXT NOT NULL REFERENCES origins ON DELETE CASCADE, document_id TEXT NOT NULL,
    PRIMARY KEY (location, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origins_by_document ON origin_documents (document_id);
CREATE TABLE IF NOT EXISTS failures (location TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failure_listings (
    location TEXT PRIMARY KEY REFERENCES failures ON DELETE CASCADE, name TEXT NOT NULL, asked TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS failures_by_listing ON failure_listings (name);
CREATE TABLE IF NOT EXISTS notices (
    work TEXT PRIMARY KEY, retracted INTEGER NOT NULL, related TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL, text TEXT NOT NULL,
    title TEXT NOT NULL, year INTEGER, record TEXT NOT NULL, source_type TEXT NOT NULL, fidelity TEXT NOT NULL,
    commercial INTEGER NOT NULL, retracted INTEGER NOT NULL, licence TEXT, licence_url TEXT, note TEXT,
    text_sha256 TEXT NOT NULL, details TEXT NOT NULL, location TEXT, address TEXT, original TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS retracted_documents ON documents (id) WHERE retracted = 1;
CREATE TABLE IF NOT EXISTS works (
    name TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (name, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS works_by_document ON works (document);
CREATE TABLE IF NOT EXISTS sections (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    heading_start INTEGER, heading_stop INTEGER, role TEXT NOT NULL, PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, kind TEXT NOT NULL, section INTEGER, read_at TEXT, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reference_marks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS abbreviations (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    short TEXT NOT NULL, long TEXT NOT NULL, short_key TEXT NOT NULL, long_key TEXT NOT NULL,
    start INTEGER, stop INTEGER, PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS abbreviations_by_short ON abbreviations (short_key, long_key, document);
CREATE INDEX IF NOT EXISTS abbreviations_by_long ON abbreviations (long_key, short_key, document);
CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unswept (index_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
""" + _PASSAGES.format(name="passages")

# What another embedding model has made so far; it takes the place of `passages` when it is whole.
NEXT_PASSAGES = _PASSAGES.format(name="next_passages")
