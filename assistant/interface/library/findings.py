"""What a search in Europe PMC finds, shown before any of it is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.interface.kinds import KINDS
from assistant.interface.markup import attributes, shown, web_address
from assistant.interface.sources import link, record_line, tag
from corpus.document import Fidelity
from corpus.errors import OriginError
from corpus.ledger import HeldWork
from corpus.library import Library
from ingest.origins.europepmc import EuropePMC, Filter
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import FoundWork, identified
from ingest.origins.naming import Services
from ingest.origins.original import Origins, Unreadable

MOST_FINDINGS = 200
USUAL_FINDINGS = 25
_SERVICE = "Europe PMC"
_HELD = {
    Fidelity.FULL_TEXT: "In the library",
    Fidelity.ABSTRACT: "In the library as an abstract",
    Fidelity.DIGEST: "In the library as a digest",
}


class Search(BaseModel):
    """A reader's search."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str
    limit: Annotated[
        int, Field(ge=1, le=MOST_FINDINGS), BeforeValidator(lambda given: given or USUAL_FINDINGS)
    ] = USUAL_FINDINGS
    open_access_only: bool = True
    licences: tuple[str, ...] = ()

    @property
    def filter(self) -> Filter:
        """Which works are wanted.

        Raises:
            SettingsError: If a licence is none.
        """
        return Filter(licences=self.licences, open_access_only=self.open_access_only)


class Choice(Search):
    """Those works of a search that a reader wants to add, by their locations."""

    chosen: tuple[str, ...]


def chosen_works(choice: Choice, services: Services) -> Origins:
    """Give the chosen works. The search is repeated, which its cache answers, so that the page keeps nothing."""
    service = services.europepmc
    try:
        findings = service.search(choice.query, choice.limit, choice.filter).found
    except OriginError:
        # Each of them then says for itself why it cannot be had, and can be tried again by its name.
        findings = ()
    found = {finding.location: finding for finding in findings}
    for location in choice.chosen:
        if location in found:
            yield FoundWork(service, found[location])
        elif Identifier.read(location):
            yield from identified(service, location)
        else:
            yield Unreadable(_SERVICE, "a chosen work is not found any more; search again")


def preview(library: Library, service: EuropePMC, search: Search) -> str:
    """Show what a search finds.

    Raises:
        OriginError: The service cannot be asked, or refuses the query.
        SettingsError: A licence is none.
    """
    if not search.query.strip():
        raise OriginError("Say what to search for, in plain words or in Europe PMC's query language.")
    try:
        findings = service.search(search.query, search.limit, search.filter)
    except OriginError as error:
        raise OriginError(f"Europe PMC could not be searched: {error}.") from error
    if not findings.found:
        return f'<p class="none">{_nothing(search)}</p>'
    ledger = library.catalogue.ledger
    choices = [
        _Choosable(finding, ledger.held(finding.works) if finding.works else []) for finding in findings.found
    ]
    can_be_chosen = sum(choice.adds for choice in choices)
    every = (
        '<label class="check every"><input type="checkbox"> <span>All that can be added</span></label>'
        if can_be_chosen > 1
        else ""
    )
    add = '<button type="submit" class="main add-chosen" disabled>Add</button>' if can_be_chosen else ""
    items = "".join(choice.shown() for choice in choices)
    return (
        f'<form class="choose"><h3 tabindex="-1">{_heading(len(choices), findings.total)}</h3>'
        f'<div class="choosing">{every}{add}</div>'
        f'<p class="form-error" role="alert"></p><ol class="findings">{items}</ol></form>'
    )


def _heading(number: int, total: int) -> str:
    if total > number:
        return f"The first {number} of {total:,} that Europe PMC finds"
    return "Europe PMC finds one paper" if number == 1 else f"Europe PMC finds {number} papers"


def _nothing(search: Search) -> str:
    if search.open_access_only or search.licences:
        return "Europe PMC finds nothing that is open under these licences. Try other words, or any access."
    return "Europe PMC finds nothing for these words. Try others."


@dataclass(frozen=True, slots=True)
class _Choosable:
    """A finding beside what the library has of it."""

    finding: Finding
    held: Sequence[HeldWork]

    @property
    def adds(self) -> bool:
        """Whether the library gains by it."""
        finding = self.finding
        if any(copy.fidelity is Fidelity.FULL_TEXT for copy in self.held):
            return False
        return finding.has_full_text or (finding.has_abstract and not self.held)

    @property
    def is_wanted(self) -> bool:
        """Whether it is chosen unless the reader says otherwise: a retracted paper is not."""
        return self.adds and not self.finding.is_retracted

    def shown(self) -> str:
        """Show it with its box to tick."""
        finding = self.finding
        box = attributes(type="checkbox", name="chosen", value=finding.location)
        state = " checked" if self.is_wanted else "" if self.adds else " disabled"
        facts = record_line(finding.authors, finding.journal, finding.year)
        marked = " retracted" if finding.is_retracted else ""
        return (
            f'<li class="finding{marked}"><label class="check"><input{box}{state}>'
            f"<span>{shown(finding.title) or 'Untitled'}</span></label>"
            f'<p class="record">{shown(facts)}</p><p class="tags">{self._tags()}</p>'
            f'<p class="foot">{link(web_address(finding.doi, _address(finding)))}{_licence(finding)}</p></li>'
        )

    def _tags(self) -> str:
        finding = self.finding
        kind = KINDS[finding.source_type]
        tags = [tag("Retracted", "retracted")] if finding.is_retracted else []
        tags.append(tag(kind.one.capitalize(), kind.colour))
        tags.append(tag(self._text(), "plain"))
        if self.held:
            best = min((copy.fidelity for copy in self.held), key=list(_HELD).index)
            tags.append(tag(_HELD[best], "held"))
        return "".join(tags)

    def _text(self) -> str:
        if self.finding.has_full_text:
            return "Full text"
        return "Abstract" if self.finding.has_abstract else "Neither text nor abstract"


def _address(finding: Finding) -> str | None:
    return finding.known.record.link


def _licence(finding: Finding) -> str:
    return f'<span class="licence">{shown(finding.licence)}</span>' if finding.licence else ""
