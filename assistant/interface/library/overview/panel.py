"""The frame of the overview: what stands on the page before anything of the library is shown in it."""

from __future__ import annotations

from assistant.interface.library.overview.plotting import script_address
from assistant.interface.markup import attributes

_OVERVIEW = """
<section class="overview" aria-label="Overview of the library"{script}>
  <h2 class="sr">Overview</h2>
  <p class="totals" role="status"></p>
  <div class="board">
    <article class="seen mapped" aria-labelledby="map-title">
      <h3 id="map-title">What the passages are about</h3>
      <p class="hint note"></p>
      <p class="answered" hidden></p>
      <div class="plot map" role="img" aria-label="Map of the passages; the table below says the same"></div>
      <p class="making" role="status" hidden><span></span>
        <progress max="1" aria-label="Progress of the map"></progress></p>
      <p class="zoom" role="group" aria-label="Size of the map"><button type="button" class="nearer"
        aria-label="Zoom in">+</button><button type="button" class="farther" aria-label="Zoom out">−</button><button
        type="button" class="whole">Whole map</button></p>
      <ul class="topics" aria-label="Topics"></ul>
      <p class="error" role="alert"></p>
      <details class="tabled"><summary>The map as a table</summary>
        <div class="scroller" tabindex="0" role="group" aria-label="The map as a table"></div></details>
    </article>
    <article class="seen by-year" aria-labelledby="years-title">
      <h3 id="years-title">Papers by year and kind</h3>
      <p class="hint">Choose a bar or a kind to see its papers in the list.</p>
      <ul class="legend" aria-label="Kinds"></ul>
      <div class="plot bars" role="img" aria-label="Papers by year and kind; the table below says the same"></div>
      <p class="error" role="alert"></p>
      <details class="tabled"><summary>The years as a table</summary>
        <div class="scroller" tabindex="0" role="group" aria-label="The years as a table"></div></details>
    </article>
    <article class="seen gaps" aria-labelledby="gaps-title">
      <h3 id="gaps-title">What the library knows little about</h3>
      <div class="known"><p class="hint">Counting …</p></div>
      <p class="error" role="alert"></p>
    </article>
  </div>
  <div class="tip" role="presentation" hidden></div>
</section>
"""


def overview_part() -> str:
    """Give the part of the Library view that `overview.js` fills."""
    return _OVERVIEW.format(script=attributes(data_script=script_address()))
