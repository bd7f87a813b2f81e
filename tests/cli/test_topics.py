"""`newswatch topics`: list, check, try, new."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rows
from newswatch.cli.main import cli
from newswatch.settings import read_settings
from newswatch.stages.flag.flag import flag
from newswatch.stages.load import load
from newswatch.store.server.database import Connection, with_role
from newswatch.topics.check import failed_tests, remarks
from newswatch.topics.load import load_topic
from stages.flag.test_flag import NOW, TOPIC, add

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "topics"
    made.mkdir()
    (made / "quay.yaml").write_text(TOPIC.format(words="quay"))
    return made


@pytest.fixture
def run(folder: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    monkeypatch.setenv("NEWSWATCH_WATCHLIST_DIR", str(folder.parent))
    return lambda *arguments: CliRunner().invoke(cli, ["topics", *arguments])


def test_list(run: Run) -> None:
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["topic"], row["name"], row["rules"], row["tests"]) == ("quay", "The quay", 1, 0)


class TestCheck:
    def test_good_topics(self, run: Run) -> None:
        result = run("check")
        assert (result.exit_code, result.stdout) == (0, "quay: 1 rule, 0 tests\n")

    def test_a_remark_fails_nothing(self, run: Run, folder: Path) -> None:
        (folder / "quay.yaml").write_text(TOPIC.format(words="quay, quay side"))
        result = run("check")
        assert result.exit_code == 0
        assert "quay.yaml:4: 'quay side' is idle: 'quay' finds all of it" in result.stderr

    def test_a_failed_test_is_named(self, run: Run, folder: Path) -> None:
        text = TOPIC.format(words="quay") + "tests:\n  - {text: The pier., flag: true}\n"
        (folder / "quay.yaml").write_text(text)
        result = run("check")
        assert result.exit_code == 1
        assert "quay.yaml:10: must flag: The pier.\n    none of its words\n" in result.stderr

    def test_of_a_failed_test_it_tells_what_fired(self, run: Run, folder: Path) -> None:
        text = TOPIC.format(words="quay") + "tests:\n  - {text: The quay., flag: false}\n"
        (folder / "quay.yaml").write_text(text)
        result = run("check")
        assert result.exit_code == 1
        told = result.stderr.partition("must not flag: The quay.\n    ")[2]
        assert "“quay”, in the lead (1 sentence)." in told.splitlines()[0]

    def test_an_office_that_has_ended_is_told(self, run: Run, folder: Path) -> None:
        (folder.parent / "names").mkdir()
        (folder.parent / "names" / "people.yaml").write_text(
            "jo:\n  name: Jo Pilot\n  offices: [{office: pilot, from: '2020', to: '2021-05'}]\n"
            "  tags: [crew]\n  forms: [Pilot]\n"
        )
        result = run("check")
        assert result.exit_code == 0
        assert "names: jo: Jo Pilot is no longer pilot (to 2021-05)" in result.stderr

    def test_every_broken_file_is_told_of_and_the_others_are_checked(
        self, run: Run, folder: Path
    ) -> None:
        (folder / "pier.yaml").write_text(TOPIC.format(words="pier"))
        (folder / "lock.yaml").write_text("id: lock\n")
        result = run("check")
        assert result.exit_code == 2
        assert "quay: 1 rule, 0 tests" in result.stdout
        assert "pier.yaml:1:5: id 'quay' is not the file's name; write id: pier" in result.stderr
        assert "lock.yaml:1:1: 'name' is missing" in result.stderr


class TestTry:
    def test_it_shows_what_would_change(
        self, run: Run, connection: Connection, folder: Path, tmp_path: Path
    ) -> None:
        job = rows.job(
            connection, read_settings({}, embedder="none", watchlist_dir=folder.parent), NOW
        )
        add(job, "both", "The quay and the pier.")
        add(job, "quay", "The quay.")
        add(job, "pier", "The pier.")
        add(job, "copy", "The pier.", kind="exact")
        flag(job)
        load(job)
        draft = tmp_path / "quay.yaml"
        draft.write_text(TOPIC.format(words="pier"))
        shown = json.loads(run("try", str(draft), "--since", "2026-01-14", "--json").stdout)
        assert [row["change"] for row in shown["changes"]] == ["kept", "dropped", "added"]
        assert shown["changes"][2]["reason"].startswith("Names the quay: “pier”")
        assert shown["rules"] == {"named": 2}
        later = json.loads(run("try", str(draft), "--since", "2026-01-15", "--json").stdout)
        assert later == {"changes": [], "almost": [], "words": [], "rules": {}}

    @pytest.fixture
    def draft(self, connection: Connection, folder: Path, tmp_path: Path) -> Path:
        """A draft that flags none of two published articles; one comes near."""
        job = rows.job(
            connection, read_settings({}, embedder="none", watchlist_dir=folder.parent), NOW
        )
        add(job, "near", "The lock was shut. The boat waited.")
        add(job, "words", "The boat sank.")
        flag(job)
        load(job)
        path = tmp_path / "lock.yaml"
        path.write_text(
            "id: lock\nname: Lock\ngroups: {lock: [lock], boat: [boat]}\n"
            "rules: [{id: shut, when: lock SENT boat}]\n"
        )
        return path

    def test_it_shows_what_came_near_and_what_holds_the_words(self, run: Run, draft: Path) -> None:
        shown = json.loads(run("try", str(draft), "--since", "2026-01-14", "--json").stdout)
        assert [row["reason"] for row in shown["almost"]] == [
            "shut missed by SENT boat: “lock”, “boat”"
        ]
        assert [row["reason"] for row in shown["words"]] == ["boat"]
        none = json.loads(
            run("try", str(draft), "--since", "2026-01-14", "--most", "0", "--json").stdout
        )
        assert (none["almost"], none["words"]) == ([], [])

    def test_the_login_of_analysts_is_enough(
        self, run: Run, draft: Path, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NEWSWATCH_DATABASE_URL", with_role(database, "newswatch_analyst"))
        result = run("try", str(draft), "--since", "2026-01-14")
        assert result.exit_code == 0
        assert "shut missed by SENT boat" in " ".join(result.stdout.split())

    def test_why_tells_what_stopped_it(
        self, run: Run, draft: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "lock.yaml").write_text(draft.read_text())
        result = CliRunner().invoke(cli, ["why", "near", "lock"])
        assert result.exit_code == 0
        told = result.stdout.partition("not lock\n")[2]
        assert told.startswith("    shut missed by SENT boat: “lock”, “boat”\n")
        assert "    only words: boat\n" in CliRunner().invoke(cli, ["why", "words", "lock"]).stdout
        wrong = CliRunner().invoke(cli, ["why", "near", "lokc"])
        assert (wrong.exit_code, "did you mean 'lock'?" in wrong.stderr) == (2, True)

    def test_a_broken_draft(self, run: Run, tmp_path: Path) -> None:
        draft = tmp_path / "draft.yaml"
        draft.write_text("id: draft\nname: [\n")
        result = run("try", str(draft), "--since", "2026-01-14")
        assert result.exit_code == 2
        assert "draft.yaml:3:1: not valid YAML" in result.stderr


class TestNew:
    def test_the_skeleton_is_a_good_topic(self, run: Run, folder: Path) -> None:
        path = folder / "black-sea-grain.yaml"
        assert run("new", "black-sea-grain").stdout == f"{path}\n"
        topic = load_topic(path)
        assert (failed_tests(topic), remarks(topic)) == ([], [])
        assert not topic.is_active
        assert [row["topic"] for row in json.loads(run("list", "--json").stdout)] == ["quay"]
        assert "black-sea-grain: 1 rule, 2 tests, a draft: active: false" in run("check").stdout

    @pytest.mark.parametrize("name", ["../pier", "Black Sea", "", "-a", "día"])
    def test_a_name_that_is_no_id(self, run: Run, name: str, folder: Path) -> None:
        result = run("new", "--", name)
        assert result.exit_code == 2
        assert "is no topic's id; write small letters" in result.stderr
        assert [path.name for path in folder.glob("**/*")] == ["quay.yaml"]

    def test_none_is_overwritten(self, run: Run, folder: Path) -> None:
        before = (folder / "quay.yaml").read_text()
        assert run("new", "quay").exit_code == 2
        assert (folder / "quay.yaml").read_text() == before
