"""What the JSON API answers: a contract, to which a view's new columns are added here first."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(told.model_dump(), status, headers, PROBLEM)


class TopicAttention(BaseModel):
    topic: str
    name: str
    days: list[int] = Field(description="flagged originals of each day, the last one last")
    usual: float | None = Field(description="null: nobody knows yet")
    z: float | None = Field(description="how far the last day is from what is usual, robust")
    is_surge: bool
    outlets: list[str] = Field(description="that drive it")
    words: list[str] = Field(description="that drive it")


class Topics(BaseModel):
    until: datetime
    topics: list[TopicAttention]


class StoryMention(BaseModel):
    field: str
    part: str
    matched: str
    sentence: str


class ToldStory(BaseModel):
    """A story under a topic; title, outlet, language, url are of the article that stands for it."""

    topic: str
    story_id: int
    score: float
    article_id: int
    salience: str
    is_new: bool
    articles: int
    copies: int
    outlets: list[str]
    new_outlets: int
    first_seen_at: datetime
    last_seen_at: datetime
    countries: list[str]
    languages: list[str]
    title: str
    outlet: str
    language: str | None
    url: str
    reason: str
    summary: str | None
    mentions: list[StoryMention]


class TopicStories(BaseModel):
    until: datetime
    topic: str
    stories: list[ToldStory]
    more: int = Field(description="stories that are not listed")


class StoryTopic(BaseModel):
    topic: str
    flagged: int
    score: float


class Member(BaseModel):
    """An article of a story, with what it brought."""

    article_id: int
    seen_at: datetime
    published_at: datetime | None
    outlet: str
    country: str | None
    language: str | None
    title: str
    url: str
    role: str
    new_sentences: list[str]
    similarity: float | None
    decision_order: int
    duplicate_of: int | None
    duplicate_kind: str | None
    original_outlet: str | None
    body_source: str
    word_count: int
    topics: list[str] | None


class Story(BaseModel):
    story_id: int
    headline: str
    first_seen_at: datetime
    last_seen_at: datetime
    articles: int
    originals: int
    developments: int
    outlets: int
    outlet_names: list[str]
    languages: list[str]
    topics: list[StoryTopic]
    members: list[Member] = Field(description="in the order of decision")
    after: int | None = Field(description="`after` of the next page; null: there is none")


class Mention(BaseModel):
    field: str
    start: int
    end: int
    alias: str
    part: str
    matched: str


class Flag(BaseModel):
    flag_id: int
    topic: str
    name: str | None
    score: float
    salience: str
    reason: str
    rule: str
    topic_version: str
    flagged_at: datetime
    mentions: list[Mention]


class Duplicate(BaseModel):
    kind: str
    duplicate_of: int | None = Field(description="null: a seed")
    original_outlet: str | None
    original_title: str | None
    original_seen_at: datetime | None
    seed: str | None
    compared_with: int | None
    coverage: float | None
    coverage_of_original: float | None
    reason: str
    added: list[str]


class Copy(BaseModel):
    article_id: int
    outlet: str
    title: str
    seen_at: datetime
    kind: str
    coverage: float | None


class ArticleJudgement(BaseModel):
    subject: str
    verdict: str
    topic: str | None
    story_id: int | None
    original_id: int | None
    why: str
    judged_by: str
    judged_at: datetime


class Article(BaseModel):
    article_id: int
    url: str
    outlet: str
    country: str | None
    language: str | None
    title: str
    subtitle: str | None
    text: str
    summary: str | None
    authors: list[str]
    organisations: list[str]
    agency: str | None
    dateline: str | None
    section: str | None
    published_at: datetime | None
    modified_at: datetime | None
    seen_at: datetime
    loaded_at: datetime
    revised_at: datetime | None
    word_count: int
    body_source: str
    no_page_reason: str | None
    page_kind: str | None
    paywalled: bool | None
    extraction_method: str | None
    extraction_confidence: float | None
    is_original: bool
    duplicate_kind: str | None
    duplicate_of: int | None
    story_id: int | None
    role: str | None
    new_sentences: list[str] | None
    flags: list[Flag]
    duplicate: Duplicate | None
    copies: list[Copy]
    judgements: list[ArticleJudgement]


class FoundArticle(BaseModel):
    article_id: int
    seen_at: datetime
    published_at: datetime | None
    outlet: str
    country: str | None
    language: str | None
    title: str
    text: str
    url: str
    is_original: bool
    duplicate_kind: str | None
    body_source: str
    story_id: int | None
    word_count: int
    topics: list[str] | None


class FoundArticles(BaseModel):
    articles: list[FoundArticle]
    before: str | None = Field(description="`before` of the next page; null: there is none")
    searched_to: datetime | None = Field(
        description="from when on it was looked for; `before` goes on. null: as far as was asked"
    )


class Precision(BaseModel):
    """Of a topic and rule; `rule` is null of what was missed."""

    topic: str
    rule: str | None
    right: int
    wrong: int
    missed: int
    precision: float | None


class Judgement(ArticleJudgement):
    judgement_id: int
    article_id: int
    outlet: str
    language: str | None
    title: str
    seen_at: datetime
    topic_version: str | None
    rule: str | None


class Judgements(BaseModel):
    precision: list[Precision]
    newest: list[Judgement]
