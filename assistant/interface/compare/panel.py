"""The frame of the Compare view: what stands on the page before anything was compared."""

from __future__ import annotations

from assistant import Assistant
from assistant.comparing.export import NOTHING_FOUND
from assistant.interface.compare.desk import LONGEST_NAME
from assistant.interface.compare.start import start
from assistant.interface.markup import attributes
from assistant.question.subjects import LEAST_SUBJECTS, MOST_SUBJECTS

_VIEW = """
<div class="compare">
  <section class="compare-column" aria-label="Compare">
    <form class="comparing{state}" autocomplete="off" novalidate{known}>
      <h2>Compare</h2>
      <p class="lead">{lead}</p>
      <div class="box">
        <div class="subjects" role="group" aria-label="Subjects">
          <ol class="fewest" data-most="{most}">{fields}</ol>
          <button type="button" class="plain add-subject">Add a subject</button>
        </div>
        <datalist id="compare-names">{names}</datalist>
        <div class="aspects" role="group" aria-labelledby="compare-aspects">
          <p class="label" id="compare-aspects">Aspects</p>
          <p class="hint">Choose none for those of which the sources say most.</p>
          <div class="offered">{aspects}</div>
          <div class="own"><ul class="chips" aria-label="Aspects of your own"></ul>
            <span class="adding-one"><input type="text" name="own" aria-label="An aspect of your own"
              placeholder="Another aspect…" spellcheck="true">
            <button type="button" class="plain add-aspect">Add</button></span></div>
        </div>
        <div class="line"><p class="comparing-now"><span role="status"></span> <span class="seconds"
          aria-hidden="true"></span></p><button type="button" class="plain stop">Stop</button>
          <button type="submit" class="main">Compare</button></div>
      </div>
      <p class="form-error" role="alert"></p>
      <div class="examples" role="group" aria-label="Examples">{examples}</div>
    </form>
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
      <dd>After each statement stands what kind of source speaks.</dd></dl></section></div>
  </aside>
</div>
"""


def compare_view(assistant: Assistant) -> str:
    """Give the view, which `compare.js` fills.

    Raises:
        SettingsError: If the file of aspects cannot be used.
    """
    begun = start(assistant)
    known = attributes(
        data_longest=LONGEST_NAME, data_generation="" if begun.generation is None else begun.generation
    )
    return _VIEW.format(
        state=" empty" if begun.empty else "",
        known=known,
        lead=begun.lead,
        most=MOST_SUBJECTS,
        fields="".join(map(_field, range(1, LEAST_SUBJECTS + 1))),
        names=begun.names,
        aspects=begun.aspects,
        examples=begun.examples,
        nothing=NOTHING_FOUND,
    )


def _field(number: int) -> str:
    named = attributes(type="text", list="compare-names", spellcheck="false")
    label, remove = f"Subject {number}", f"Remove subject {number}"
    return (
        f"<li><input{named}{attributes(aria_label=label, placeholder=label)}>"
        f'<button type="button" class="remove-subject"{attributes(aria_label=remove)}>✕</button></li>'
    )
