"""Real articles against what a person has read in their XML."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from corpus.document import Licence, SectionRole
from tests.ingest.parsers.jats_articles import META, PLOS, article, article_from


class Seen(BaseModel):
    """What was read in one article's XML."""

    model_config = ConfigDict(extra="forbid")

    file: str
    title: str
    year: int
    doi: str
    licence: str
    licence_url: str | None
    authors: list[str]
    headings: list[str]


SAMPLE = [
    Seen.model_validate(seen)
    for seen in yaml.safe_load(Path(__file__).with_name("plos_by_eye.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.skipif(not PLOS.is_dir(), reason=f"the PLOS articles are not at {PLOS}")
@pytest.mark.parametrize("seen", SAMPLE, ids=[seen.file for seen in SAMPLE])
def test_an_article_is_read_as_a_person_reads_it(seen: Seen) -> None:
    document = article_from((PLOS / seen.file).read_bytes())
    record = document.record
    assert (record.title, record.year, record.doi) == (seen.title, seen.year, seen.doi)
    assert document.licence == Licence(seen.licence, seen.licence_url)
    assert [author.family or author.literal for author in record.author] == seen.authors
    body = [section.heading for section in document.sections if section.role is SectionRole.BODY]
    assert body == seen.headings


def test_the_members_of_a_group_are_no_authors_unless_nobody_is_called_one() -> None:
    def contributor(family: str, kind: str = "") -> str:
        return f"<contrib{kind}><name><surname>{family}</surname></name></contrib>"

    group = ' <contrib contrib-type="author"><collab>The Group</collab></contrib>'

    def authors(*contributors: str) -> list[str | None]:
        listed = f"<contrib-group>{''.join(contributors)}</contrib-group>"
        return [author.family or author.literal for author in article(meta=META + listed).record.author]

    typed = contributor("Abel", ' contrib-type="author"')
    assert authors(typed, group, contributor("Brandt")) == ["Abel", "The Group"]
    assert authors(typed, contributor("Brandt"), group) == ["Abel", "Brandt", "The Group"]
    assert authors(contributor("Abel"), contributor("Brandt")) == ["Abel", "Brandt"]
