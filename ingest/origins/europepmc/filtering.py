"""Which of Europe PMC's works a reader wants: by their licences, and by whether they are open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from corpus.errors import OriginError, SettingsError
from ingest.origins.europepmc.finding import Finding
from ingest.parsers.europepmc.record import licence_name

LICENCES = ("CC0", "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND")
"""The licences that Europe PMC names."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the works that a query finds are wanted.

    Attributes:
        licences: Only these ("cc-by", "CC0"; any spelling); none means any.
        open_access_only: Only works whose full text is open.
    """

    licences: Collection[str] = ()
    open_access_only: bool = True

    def __post_init__(self) -> None:
        """Refuse a licence that nothing can have."""
        unknown = [given for given in self.licences if licence_name(given) not in LICENCES]
        if unknown:
            raise SettingsError(
                f"{', '.join(unknown)}: Europe PMC knows no such licence; it names {', '.join(LICENCES)}"
            )

    def refusal(self, finding: Finding) -> str | None:
        """Say why a work that a reader has named is not wanted; None if it is."""
        if self.admits(finding):
            return None
        if self.open_access_only and not finding.is_open_access:
            return "it is not of open access; ask for any access to have its abstract"
        asked = ", ".join(licence_name(given) for given in self.licences)
        return f"its licence is {finding.licence or 'not known'}, and only {asked} was asked for"

    def applied_to(self, query: str) -> str:
        """Give the query for the wanted works alone."""
        parts = [f"({query.strip()})"]
        if self.open_access_only:
            parts.append("OPEN_ACCESS:y")
        if self.licences:
            names = dict.fromkeys(licence_name(given).lower() for given in self.licences)
            parts.append("({})".format(" OR ".join(f'LICENSE:"{name}"' for name in names)))
        return " AND ".join(parts)

    def admits(self, finding: Finding | OriginError) -> bool:
        """Check a result: to the service, "cc by" is also the beginning of "cc by-nc"."""
        if isinstance(finding, OriginError):
            return True
        wanted = {licence_name(given) for given in self.licences}
        open_enough = finding.is_open_access or not self.open_access_only
        return open_enough and (not wanted or finding.licence in wanted)


ANYTHING = Filter(open_access_only=False)
"""No work is left out: what a reader names comes, if only as its abstract."""
