from tests.browser.test_serving import team_address, sign_in
from tests.browser.test_conversations import *
from tests.browser.conftest import *
def test_team(page, team_address, chromium):
    sign_in(page, team_address)
    d = drawer(page); print(d.inner_text())
    d.get_by_role("switch").check(); expect(d).to_contain_text("No other reader sees them"); page.keyboard.press("Escape")
    ask(page, PERSISTENCE); kept(page); print(page.url)
    page.reload(); expect(page.locator("#chat .user-row")).to_have_text(PERSISTENCE)
    print(page.evaluate("indexedDB.databases()"))
    page.screenshot(path='/tmp/work-asking/team.png')
    there = page.url
    c = chromium.new_context(); p2 = c.new_page(); sign_in(p2, team_address)
    expect(names(p2)).to_have_text([PERSISTENCE])
    p2.locator('.reopen').click(); expect(p2.locator("#chat .user-row")).to_have_text(PERSISTENCE)
    drawer(p2).get_by_role("button", name="Delete How").click(); drawer(p2).get_by_role("button", name="Delete", exact=True).click()
    expect(names(p2)).to_have_count(0)
    p2.goto(team_address + '?doc=source-article&span=20-60'); expect(p2.get_by_role("dialog").locator("mark").first).to_be_visible()
    c.close()
