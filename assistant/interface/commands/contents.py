"""The commands that show what the library holds."""

from __future__ import annotations

from assistant.interface.options import DocumentArgument, JsonOption, LibraryOption


def documents(as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List what the library holds."""
    from assistant.interface.contents import list_documents
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        list_documents(opened, as_json=as_json)


def show(document_id: DocumentArgument, as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """Show one document: its record, its sections, its text."""
    from assistant.interface.contents import show_document
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        show_document(opened, document_id, as_json=as_json)


def remove(document_id: DocumentArgument, library: LibraryOption = None) -> None:
    """Remove a document from the library."""
    from assistant.interface.contents import remove_document
    from assistant.interface.opening import open_library

    with open_library(library) as opened:
        remove_document(opened, document_id)
