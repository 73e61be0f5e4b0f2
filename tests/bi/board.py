"""The dashboard in a browser: what each chart asked Superset for, and the rows that came."""

from __future__ import annotations

import json
import time
from decimal import Decimal

from tests.bi.superset import ADMIN, Superset

DATA = "/api/v1/chart/data"
MONTH = "所属期"


class Board:
    """The dashboard, opened as a leader opens it: on the last month. `page` stays open, and signed in."""

    def __init__(self, browser, one: Superset):
        self.one, self.page = one, browser.new_page(viewport={"width": 1500, "height": 2250}, locale="zh-CN")
        self.elsewhere: list[str] = []
        self.page.on("requestfinished", lambda request: request.url.startswith(one.url) or self.elsewhere.append(request.url))
        self.sign_in()
        told = self.page.request.get(f"{one.url}/api/v1/dashboard/county/charts").json()["result"]
        self.titles = {chart["id"]: chart["slice_name"] for chart in told}
        self.answers: dict[str, object] = {}
        self.page.on("response", self.note)
        self.page.goto(one.board)
        self.wait()

    def sign_in(self):
        self.page.goto(f"{self.one.url}/login/")
        self.page.fill("input[name=username], #username", ADMIN)
        self.page.fill("input[name=password], #password", self.one.password)
        self.page.click("button[type=submit], input[type=submit]")
        self.page.wait_for_url("**/welcome/**")

    def note(self, response):
        if DATA in response.url:
            title = self.titles.get(json.loads(response.request.post_data)["form_data"].get("slice_id"))
            if title:
                self.answers[title] = response

    def wait(self):
        until = time.monotonic() + 120
        while set(self.answers) != set(self.titles.values()) and time.monotonic() < until:
            self.page.wait_for_timeout(200)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(2000)          # charts grow into their place

    def shown(self) -> dict[str, list[dict]]:
        """The rows of each chart as they came to the browser."""
        return {title: rows(answer.text()) for title, answer in self.answers.items()}

    def asked_for(self, month: str) -> dict[str, list[dict]]:
        """The rows of each chart for another month, asked for in the browser's own words."""
        found = {}
        for title, answer in self.answers.items():
            asked = json.loads(answer.request.post_data)
            for limit in (limit for query in asked["queries"] for limit in query["filters"] if limit["col"] == MONTH):
                limit["val"] = [month]
            found[title] = rows(self.page.request.post(f"{self.one.url}{DATA}", data=asked).text())
        return found


def rows(text: str) -> list[dict]:
    """Rows of an answer to the digit, without what is blank."""
    [answer] = json.loads(text, parse_float=Decimal)["result"]
    return [{name: value for name, value in row.items() if value is not None} for row in answer["data"]]
