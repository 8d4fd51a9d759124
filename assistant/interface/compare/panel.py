"""The frame of the Compare view: what stands on the page before anything was compared."""

from __future__ import annotations

import json
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.compare.aspects import offered
from assistant.interface.compare.desk import LONGEST_NAME
from assistant.interface.markup import attributes, shown
from assistant.question.subjects import LEAST_SUBJECTS, MOST_SUBJECTS
from corpus.library import Library

# Names that a subject's field offers while one types.
NAMES_OFFERED = 200
_VIEW = """
<div class="compare">
  <section class="compare-column" aria-label="Compare">
    <form class="comparing" autocomplete="off" novalidate>
      <h2>Compare</h2>
      <p class="lead">Put two or more things side by side. Every statement in the table shows the passage that it
        rests on.</p>
      <div class="box">
        <div class="subjects" role="group" aria-label="Subjects">
          <ol class="fewest" data-most="{most}">{fields}</ol>
          <button type="button" class="plain add-subject">Add a subject</button>
        </div>
        <datalist id="compare-names">{names}</datalist>
        <div class="aspects" role="group" aria-labelledby="compare-aspects">
          <p class="label" id="compare-aspects">Aspects</p>
          <p class="hint none-chosen">None chosen: the table has those of which the sources say most.</p>
          <div class="offered">{aspects}</div>
          <div class="own"><div class="pills"></div>
            <span class="adding-one"><input type="text" name="own" aria-label="An aspect of your own"
              placeholder="Another aspect…" maxlength="{longest}" spellcheck="true">
            <button type="button" class="plain add-aspect">Add</button></span></div>
        </div>
        <div class="line"><button type="button" class="plain stop">Stop</button>
          <button type="submit" class="main">Compare</button></div>
      </div>
      <p class="form-error" role="alert"></p>
      {examples}
    </form>
    <p class="comparing-now" role="status"></p>
    <div class="compared"></div>
  </section>
  <aside id="compare-sources" class="sources-column" aria-label="Sources of this comparison">
    <div class="bar"><button class="close-sources" type="button">Close sources</button></div>
    <div class="panels"><section class="held"><h2>How to read the table</h2><dl>
      <dt><span class="number">1</span></dt>
      <dd>Leads to the passage that a statement rests on; it appears here with the quoted words
        <mark>marked</mark>.</dd>
      <dt class="none">{nothing}</dt>
      <dd>The library says nothing of this subject in this respect. Others may.</dd>
      <dt><span class="kind trial">clinical trial</span></dt>
      <dd>What kind of source speaks stands below each statement.</dd></dl></section></div>
  </aside>
</div>
"""


class _Example(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    subjects: tuple[str, ...]
    aspects: tuple[str, ...] = ()


class _Examples(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    comparisons: tuple[_Example, ...]


def compare_view(assistant: Assistant) -> str:
    """Give the view, which `compare.js` fills.

    Raises:
        SettingsError: If the file of aspects cannot be used.
    """
    library = assistant.library
    names = "".join(
        f"<option{attributes(value=name)}></option>"
        for name in library.catalogue.names.commonest(NAMES_OFFERED)
    )
    return _VIEW.format(
        most=MOST_SUBJECTS,
        fields="".join(map(_field, range(1, LEAST_SUBJECTS + 1))),
        names=names,
        aspects=offered(assistant.suggest_aspects()),
        longest=LONGEST_NAME,
        examples=_examples(library),
        nothing=NOTHING_FOUND,
    )


def _field(number: int) -> str:
    named = attributes(type="text", list="compare-names", maxlength=LONGEST_NAME, spellcheck="false")
    label, remove = f"Subject {number}", f"Remove subject {number}"
    return (
        f"<li><input{named}{attributes(aria_label=label, placeholder=label)}>"
        f'<button type="button" class="remove-subject"{attributes(aria_label=remove)}>✕</button></li>'
    )


def _examples(library: Library) -> str:
    """Offer comparisons that the starter corpus has something for, where it is in the library."""
    if all(document.document_id != "source-article" for document in library.documents()):
        return ""
    listed = yaml.safe_load((files("corpus") / "starter" / "comparisons.yaml").read_text("utf-8"))
    buttons = "".join(map(_example, _Examples.model_validate(listed).comparisons))
    return f'<div class="examples" role="group" aria-label="Examples">{buttons}</div>'


def _example(example: _Example) -> str:
    words = " · ".join(example.subjects)
    respects = f": {', '.join(example.aspects).lower()}" if example.aspects else ""
    asked = attributes(data_subjects=json.dumps(example.subjects), data_aspects=json.dumps(example.aspects))
    return f'<button type="button" class="example"{asked}>{shown(words + respects)}</button>'
