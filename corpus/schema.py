"""The tables of the catalogue."""

from __future__ import annotations

SCHEMA_VERSION = 1

# `unswept` names index entries that may have to go: those of a write that has begun, until its commit, and those
# that a commit has made obsolete, until the indexes have dropped them.
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origins (
    location TEXT PRIMARY KEY, sha256 TEXT NOT NULL, documents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL, text TEXT NOT NULL,
    title TEXT NOT NULL, year INTEGER, record TEXT NOT NULL, source_type TEXT NOT NULL, fidelity TEXT NOT NULL,
    commercial INTEGER NOT NULL, retracted INTEGER NOT NULL, licence TEXT, licence_url TEXT, note TEXT,
    text_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sections (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    heading_start INTEGER, heading_stop INTEGER, PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, kind TEXT NOT NULL, section INTEGER, read_at TEXT, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reference_marks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    index_id TEXT NOT NULL UNIQUE, start INTEGER NOT NULL, stop INTEGER NOT NULL, path TEXT NOT NULL,
    sentences BLOB NOT NULL, sentence_vectors BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document, start);
CREATE TABLE IF NOT EXISTS unswept (index_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""
