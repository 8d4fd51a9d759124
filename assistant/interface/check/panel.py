"""The frame of the Check view: what stands on the page before anything was checked."""

from __future__ import annotations

from assistant.interface.check.verdicts import VERDICTS

_VIEW = """
<div class="check">
  <section class="claims-column" aria-label="Check a claim">
    <form class="checking">
      <h2>Check a claim</h2>
      <p class="lead">Paste a sentence or a paragraph: each claim in it is held against the sources.</p>
      <div class="box">
        <textarea name="text" rows="3" aria-label="Text to check"
          placeholder="Paste what you want to check…"></textarea>
        <div class="line">
          <div class="one-source">
            <input type="text" role="combobox" aria-label="In one source only" aria-expanded="false"
              aria-autocomplete="list" aria-controls="sources-offered" autocomplete="off" spellcheck="false"
              placeholder="In all sources">
            <button type="button" class="all-sources" aria-label="In all sources again" hidden>✕</button>
            <ul id="sources-offered" role="listbox" aria-label="Sources" hidden></ul>
          </div>
          <button type="submit" class="main">Check</button>
        </div>
      </div>
      <p class="form-error" role="alert"></p>
    </form>
    <p class="checking-now" role="status"></p>
    <div class="checked"></div>
  </section>
  <aside id="check-sources" class="sources-column" aria-label="Sources of this check">
    <div class="bar"><button class="close-sources" type="button">Close sources</button></div>
    <div class="panels"><section class="held"><h2>What the verdicts mean</h2><dl>{verdicts}</dl></section></div>
  </aside>
</div>
"""


def check_view() -> str:
    """Give the view, which `check.js` fills."""
    verdicts = "".join(
        f'<dt class="verdict {said.colour}"><span class="mark" aria-hidden="true">{said.mark}</span> {said.word}</dt>'
        f"<dd>{said.meaning}</dd>"
        for said in VERDICTS.values()
    )
    return _VIEW.format(verdicts=verdicts)
