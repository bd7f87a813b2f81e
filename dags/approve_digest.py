"""An editor looks at editions before they are sent; the DAG is there if one is set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import dag, get_current_context, task, task_group

from assets import HELD_EDITIONS
from newswatch.settings import read_settings
from wiring import COMMON, database, moment

if TYPE_CHECKING:
    from airflow.sdk import Context

SEND, HOLD_BACK = "Send", "Hold back"
TIME = timedelta(seconds=read_settings().approval)


class AskEditor(HITLOperator):
    """Shows one edition. Its time is up with that of the edition, which is sent by itself then."""

    template_fields = (*HITLOperator.template_fields, "edition_id")

    def __init__(self, *, edition_id: Any, **given: Any) -> None:
        super().__init__(
            subject="", options=[SEND, HOLD_BACK], defaults=SEND, response_timeout=TIME, **given
        )
        self.edition_id = edition_id

    def execute(self, context: Context) -> Any:
        from newswatch.stages import approval

        with database() as connection:
            asked = approval.question(connection, self.edition_id, _now(context))
        if asked is None:  # a retry, after its time
            return {"chosen_options": [SEND]}
        self.subject, self.body = asked.subject, asked.markdown
        approval.ask(read_settings(), asked, self.generate_link_to_ui_from_context(context=context))
        return super().execute(context)


@dag(
    schedule=[HELD_EDITIONS],
    **COMMON | {"max_active_runs": 16},
    is_paused_upon_creation=False,
    tags=["newswatch", "digest"],
    dag_display_name="Approve the digest",
    description="Asks the editor before an edition is sent; without an answer it is sent.",
    dagrun_timeout=TIME + timedelta(hours=1),
    doc_md="""
**Purpose.** Show the editor each edition that waits for them, and send it or hold it back.

**Owner.** newswatch.

**Triage.** Nothing waits for this DAG: an edition whose time is up is sent, whatever became of the
question. What is held back is told by the reader's next edition.
""",
)
def approve_digest() -> None:
    @task(multiple_outputs=False)
    def held() -> list[int]:
        from newswatch.stages.approval import take_questions

        with database() as connection:
            context = get_current_context()
            return list(take_questions(connection, context["run_id"], _now(context)))

    @task(multiple_outputs=False)
    def settle(edition_id: int, answer: dict[str, Any]) -> bool:
        from newswatch.stages.approval import settle as settle_edition

        is_sent = answer["chosen_options"] == [SEND]
        now = _now(get_current_context())
        with database() as connection:
            return settle_edition(connection, edition_id, now, is_sent=is_sent)

    @task_group
    def edition(edition_id: int) -> None:
        asked = AskEditor(task_id="ask", edition_id=edition_id)
        settle(edition_id, asked.output)

    edition.expand(edition_id=held())


def _now(context: Mapping[str, Any]) -> datetime:
    return moment(context) or datetime.now(UTC)


if read_settings().editor:
    approve_digest()
