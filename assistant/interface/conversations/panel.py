"""The list of kept conversations, as it stands on the page before anything is kept."""

from __future__ import annotations

# In the header, as words or, on a phone, as a sign.
CONVERSATIONS = (
    '<button type="button" class="conversations" aria-haspopup="dialog"><span>Conversations</span>'
    '<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.8" '
    'stroke-linecap="round" aria-hidden="true"><path d="M4 6h16M4 12h16M4 18h10"/></svg></button>'
)
_PANEL = """
<dialog id="conversations" aria-labelledby="conversations-title">
  <div class="drawer-head">
    <h2 id="conversations-title">Conversations</h2>
    <button type="button" class="close-drawer" aria-label="Close conversations">Close</button>
  </div>
  <div class="keeping">
    <label class="keep"><input type="checkbox" role="switch" aria-describedby="keeping-means">
      <span class="keep-words">Keep conversations in this browser</span></label>
    <p id="keeping-means" class="keeping-means"></p>
    <div class="sure-off" role="group" aria-label="Switch off and delete" hidden>
      <p></p>
      <button type="button" class="delete-all">Delete and switch off</button>
      <button type="button" class="keep-all">Keep them</button>
    </div>
  </div>
  <p class="drawer-error" role="alert"></p>
  <button type="button" class="begin">New conversation</button>
  <div class="kept" hidden>
    <input type="search" class="find-conversation" aria-label="Find in conversations"
      placeholder="Find in conversations" autocomplete="off" spellcheck="false">
    <p class="found" role="status"></p>
    <ul class="conversation-list" aria-label="Kept conversations"></ul>
  </div>
</dialog>
"""


def conversations_panel() -> str:
    """Give the dialog that lists the conversations; `conversations.js` fills it."""
    return _PANEL
