"""A reader who works through a run at the review desk, and what each page takes."""

import re
import time
from collections import defaultdict
from pathlib import Path

from starlette.testclient import TestClient

from pipeline.review import Options, application

ADDRESS = "http://127.0.0.1:8765"


class DeskClient:
    """Opens pages and decides, and keeps the processor seconds of each, the client's own share included.

    Args:
        run: the run directory.
        database: where decisions go.
    """

    def __init__(self, run: Path, database: Path) -> None:
        app = application(Options(run=run, database=str(database), curator="ana"))
        self._client = TestClient(app, base_url=ADDRESS)
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def work(self, rounds: int) -> None:
        """Look through the queue in several ways, open rows, and decide on them."""
        for number in range(rounds):
            queue = self._open("queue", f"/?page={number + 1}")
            self._open("queue, filtered", f"/?kind=toxicity&drug=rituximab&page={number + 1}")
            self._open("queue, searched", f"/?search=improved+report_{number:04}")
            key = re.findall(r'class="entry" href="/row/([^?"]+)', queue)[number % 40]
            page = self._open("row", f"/row/{key}")
            self._open("patient at a glance", f"/course/{key}")
            self._decide(key, page)

    def _decide(self, key: str, page: str) -> None:
        found = re.search(r'name="form_token" value="([^"]*)"', page)
        assert found
        sent = {"form_token": found[1], "seen": "0", "action": "accept"}
        begun = time.process_time()
        answer = self._client.post(f"/row/{key}", data=sent, headers={"Origin": ADDRESS}, follow_redirects=False)
        self.seconds["decision"].append(time.process_time() - begun)
        assert answer.status_code == 303

    def _open(self, what: str, path: str) -> str:
        begun = time.process_time()
        answer = self._client.get(path)
        self.seconds[what].append(time.process_time() - begun)
        assert answer.status_code == 200
        return str(answer.text)


def quantile(seconds: list[float], share: float) -> float:
    """The time that ``share`` of all do not exceed."""
    return sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)]
