create view analyst.article as
select
    article.article_id,
    article.canonical_url as url,
    article.outlet,
    article.country,
    article.language,
    article.title,
    article.text,
    article.summary,
    article.authors,
    article.published_at,
    article.first_seen_at as seen_at,
    article.loaded_at,
    article.publication,
    article.revised_at,
    article.word_count,
    article.body_source,
    article.no_page_reason,
    article.page_kind,
    article.subtitle,
    article.organisations,
    article.agency,
    article.dateline,
    article.modified_at,
    article.section,
    article.keywords,
    article.lead_image,
    article.paywalled,
    article.claimed_language,
    article.extraction_method,
    article.extraction_confidence,
    article.boilerplate,
    article.fact_sources,
    decision.kind is null as is_original,
    decision.kind as duplicate_kind,
    decision.duplicate_of_article as duplicate_of,
    decision.story_id
from news.article
join news.decision using (article_id)
where article.loaded_at is not null;
comment on view analyst.article is 'Every published article, copies included: add "where is_original" to count each text once.';
comment on column analyst.article.article_id is 'Identity; joins to all other analyst views.';
comment on column analyst.article.url is 'Canonical URL.';
comment on column analyst.article.outlet is 'Who published it.';
comment on column analyst.article.country is 'ISO 3166-1 alpha-2 code of the outlet''s country.';
comment on column analyst.article.language is 'BCP 47 tag, from the text.';
comment on column analyst.article.title is 'Headline.';
comment on column analyst.article.text is 'Body; paragraphs are separated by newlines. See body_source.';
comment on column analyst.article.summary is 'The outlet''s own summary.';
comment on column analyst.article.authors is 'The people who sign it.';
comment on column analyst.article.published_at is 'When the outlet says it was published; null if it does not say.';
comment on column analyst.article.seen_at is 'When a feed first announced it to us: the time to count by.';
comment on column analyst.article.loaded_at is 'When it came into these views; again when a newer wording raised a topic that it did not have.';
comment on column analyst.article.publication is 'Number of the publication that brought it here, in the order of commits: what is new since you last looked has a higher one than the highest that you saw.';
comment on column analyst.article.revised_at is 'When its text was last replaced by a newer wording; null if never. See analyst.article_version.';
comment on column analyst.article.word_count is 'Words in text.';
comment on column analyst.article.body_source is 'page, json-ld, feed-content, feed-summary or headline: how much of the article text holds.';
comment on column analyst.article.no_page_reason is 'Why the body is not from the page; null if it is.';
comment on column analyst.article.page_kind is 'article or live-blog; or what its page was instead, if the body is not from the page.';
comment on column analyst.article.subtitle is 'The line below the headline.';
comment on column analyst.article.organisations is 'Who signs it and is no person: agencies, desks, the outlet.';
comment on column analyst.article.agency is 'The news agency whose report it is, by byline or dateline.';
comment on column analyst.article.dateline is 'The place that the body begins with, as agencies write it.';
comment on column analyst.article.modified_at is 'When the outlet says it was last changed.';
comment on column analyst.article.section is 'The outlet''s section.';
comment on column analyst.article.keywords is 'The outlet''s own keywords.';
comment on column analyst.article.lead_image is 'URL of the picture that stands for the article.';
comment on column analyst.article.paywalled is 'Whether the page says that it is not free to read; null if it does not say.';
comment on column analyst.article.claimed_language is 'The language that the page or feed claims; compare with language.';
comment on column analyst.article.extraction_method is 'How the body was found: blocks, blocks-and-engine, engine, json-ld, page-state, live-posts or feed; analyst.code explains each.';
comment on column analyst.article.extraction_confidence is 'How much of the text is right and complete by the model: the F1 that it expects, 0 to 1.';
comment on column analyst.article.boilerplate is 'Lines taken off the edges of the text, since they stand on many pages of the host.';
comment on column analyst.article.fact_sources is 'Fact to where it was read, as an object: {"title": "json-ld", "authors": "byline"}.';
comment on column analyst.article.is_original is 'False if it copies an earlier article or the seed corpus.';
comment on column analyst.article.duplicate_kind is 'exact, near, contained or revision; null for an original. See analyst.duplicate.';
comment on column analyst.article.duplicate_of is 'The earlier article it copies; null for an original or a copy of a seed.';
comment on column analyst.article.story_id is 'The story it belongs to.';

create view analyst.article_version as
select
    article_version.article_id,
    article_version.replaced_at,
    article_version.title,
    article_version.text,
    article_version.body_source,
    article_version.reason,
    article_version.coverage,
    article_version.coverage_of_earlier,
    article_version.jaccard,
    article_version.passages,
    article_version.algorithm_version
from news.article_version
join news.article using (article_id)
where article.loaded_at is not null;
comment on view analyst.article_version is 'Each earlier wording of an article that its outlet changed, with what the next wording kept of it; analyst.article has the newest.';
comment on column analyst.article_version.article_id is 'The article.';
comment on column analyst.article_version.replaced_at is 'When the next wording came into force.';
comment on column analyst.article_version.title is 'Headline.';
comment on column analyst.article_version.text is 'Body; paragraphs are separated by newlines.';
comment on column analyst.article_version.body_source is 'As in analyst.article.';
comment on column analyst.article_version.reason is 'What the next wording kept of this one, as a sentence; this and what follows is null if it was replaced before that was measured.';
comment on column analyst.article_version.coverage is 'Share of the next wording''s text that stands in this one, 0 to 1.';
comment on column analyst.article_version.coverage_of_earlier is 'Share of this wording''s text that stands in the next, 0 to 1.';
comment on column analyst.article_version.jaccard is 'Shared over all word-4-grams of the two, 0 to 1.';
comment on column analyst.article_version.passages is 'The longest shared passages as [start, end, start_next, end_next]: offsets in code points from 0, in this wording''s text and in the next one''s.';
comment on column analyst.article_version.algorithm_version is 'Which version of the algorithm measured.';

create view analyst.duplicate as
select
    decision.article_id,
    article.outlet,
    article.title,
    article.first_seen_at as seen_at,
    decision.kind,
    decision.duplicate_of_article as duplicate_of,
    original.outlet as original_outlet,
    original.title as original_title,
    original.first_seen_at as original_seen_at,
    seed.name as seed,
    decision.compared_with_article as compared_with,
    decision.coverage,
    decision.coverage_of_original,
    decision.jaccard,
    decision.passages,
    decision.reason,
    decision.added,
    decision.algorithm_version
from news.decision
join news.article using (article_id)
left join news.article as original on original.article_id = decision.duplicate_of_article
left join news.seed
    on seed.seed_id = decision.duplicate_of_seed and decision.duplicate_of_seed is not null  -- few have one
where decision.kind is not null and article.loaded_at is not null;
comment on view analyst.duplicate is 'Every copy, of what, and why we say so.';
comment on column analyst.duplicate.article_id is 'The copy.';
comment on column analyst.duplicate.outlet is 'Who published the copy.';
comment on column analyst.duplicate.title is 'Headline of the copy.';
comment on column analyst.duplicate.seen_at is 'When the copy was first seen.';
comment on column analyst.duplicate.kind is 'exact: the same text; near: most of it; contained: all of it stands in a longer one; revision: the text that the outlet gives under a headline which it announced without, and which has it since as its newer wording.';
comment on column analyst.duplicate.duplicate_of is 'The original article; null if it copies a seed.';
comment on column analyst.duplicate.original_outlet is 'Who published the original.';
comment on column analyst.duplicate.original_title is 'Headline of the original.';
comment on column analyst.duplicate.original_seen_at is 'When the original was first seen.';
comment on column analyst.duplicate.seed is 'The seed document it copies; null if it copies an article.';
comment on column analyst.duplicate.compared_with is 'The article that the shares and passages are of: mostly the original; where that was found through another copy, the copy. Null for a seed.';
comment on column analyst.duplicate.coverage is 'Share of the copy''s text that stands in the text compared with, 0 to 1.';
comment on column analyst.duplicate.coverage_of_original is 'Share of that text that stands in the copy, 0 to 1.';
comment on column analyst.duplicate.jaccard is 'Shared over all word-4-grams of the two, 0 to 1.';
comment on column analyst.duplicate.passages is 'The longest shared passages: [start, end in the text compared with, start, end in the copy], in characters of the wordings that were compared; see analyst.article_version.';
comment on column analyst.duplicate.reason is 'The decision as a sentence.';
comment on column analyst.duplicate.added is 'The sentences that its outlet put in.';
comment on column analyst.duplicate.algorithm_version is 'Which version of the algorithm decided.';

create view analyst.related as
select
    decision.article_id,
    article.outlet,
    article.title,
    article.first_seen_at as seen_at,
    decision.compared_with_article as related_to,
    related.outlet as related_outlet,
    related.title as related_title,
    related.first_seen_at as related_seen_at,
    seed.name as seed,
    decision.coverage,
    decision.coverage_of_original as coverage_of_related,
    decision.jaccard,
    decision.passages,
    decision.reason,
    decision.relation,
    decision.added,
    decision.changes,
    decision.algorithm_version
from news.decision
join news.article using (article_id)
left join news.article as related on related.article_id = decision.compared_with_article
left join news.seed
    on seed.seed_id = decision.compared_with_seed and decision.compared_with_seed is not null  -- few have one
where decision.kind is null and article.loaded_at is not null
  and num_nonnulls(decision.compared_with_article, decision.compared_with_seed) = 1;
comment on view analyst.related is 'Every original that shares passages with earlier text without being a copy of it: the one that it shares most with, and why it is no copy.';
comment on column analyst.related.article_id is 'The original.';
comment on column analyst.related.outlet is 'Who published it.';
comment on column analyst.related.title is 'Its headline.';
comment on column analyst.related.seen_at is 'When it was first seen.';
comment on column analyst.related.related_to is 'The earlier article; null if it is a seed.';
comment on column analyst.related.related_outlet is 'Who published that.';
comment on column analyst.related.related_title is 'Headline of that.';
comment on column analyst.related.related_seen_at is 'When that was first seen.';
comment on column analyst.related.seed is 'The seed document; null if it is an article.';
comment on column analyst.related.coverage is 'Share of the original''s text that stands in the earlier one, 0 to 1.';
comment on column analyst.related.coverage_of_related is 'Share of the earlier text that stands in the original, 0 to 1.';
comment on column analyst.related.jaccard is 'Shared over all word-4-grams of the two, 0 to 1.';
comment on column analyst.related.passages is 'The longest shared passages: [start, end in the earlier text, start, end in the original], in characters.';
comment on column analyst.related.reason is 'Why it is no copy, as a sentence.';
comment on column analyst.related.relation is 'update, template, contains, part or related: analyst.code has a sentence on each.';
comment on column analyst.related.added is 'The sentences that tell what the earlier text does not.';
comment on column analyst.related.changes is 'The facts that it says otherwise: objects with kind, before, after and place (headline, lead, body).';
comment on column analyst.related.algorithm_version is 'Which version of the algorithm decided.';

create view analyst.contained as
select
    containment.article_id,
    fingerprint.article_id as contained,
    seed.name as seed,
    containment.coverage,
    containment.coverage_of_article,
    containment.jaccard,
    containment.passages,
    containment.reason,
    decision.algorithm_version
from news.containment
join news.article using (article_id)
join news.decision using (article_id)
join news.fingerprint
    on fingerprint.document_id = containment.document_id
   and fingerprint.algorithm = decision.algorithm_version
left join news.seed on seed.seed_id = fingerprint.seed_id
where article.loaded_at is not null;
comment on view analyst.contained is 'Which earlier texts stand in a longer one: a digest, an expanded report. It is no copy of them.';
comment on column analyst.contained.article_id is 'The longer, newer article.';
comment on column analyst.contained.contained is 'The earlier article; null if it is a seed.';
comment on column analyst.contained.seed is 'The seed document; null if it is an article.';
comment on column analyst.contained.coverage is 'Share of the earlier text that stands in the newer, 0 to 1.';
comment on column analyst.contained.coverage_of_article is 'Share of the newer text that the earlier makes, 0 to 1.';
comment on column analyst.contained.jaccard is 'Shared over all word-4-grams of the two, 0 to 1.';
comment on column analyst.contained.passages is 'The longest shared passages: [start, end in the earlier text, start, end in the newer], in characters of the wordings that were compared.';
comment on column analyst.contained.reason is 'The containment as a sentence.';
comment on column analyst.contained.algorithm_version is 'Which version of the algorithm found it.';

create view analyst.story as
select
    story_total.story_id,
    (select headline from news.story where story.story_id = story_total.story_id) as headline,
    story_total.first_seen_at,
    story_total.last_seen_at,
    story_total.articles,
    story_total.originals,
    (select count(*) from news.decision join news.article using (article_id)
     where decision.story_id = story_total.story_id and decision.role = 'development'
       and article.loaded_at is not null) as developments,
    story_total.outlets,
    (select array_agg(distinct article.outlet order by article.outlet)
     from news.decision join news.article using (article_id)
     where decision.story_id = story_total.story_id and article.loaded_at is not null) as outlet_names,
    (select array_agg(distinct article.language order by article.language)
     from news.decision join news.article using (article_id)
     where decision.story_id = story_total.story_id and article.loaded_at is not null
       and article.language is not null) as languages
from news.story_total;
comment on view analyst.story is 'Articles on one event, copies included.';
comment on column analyst.story.story_id is 'Identity.';
comment on column analyst.story.headline is 'Headline of the story''s first article.';
comment on column analyst.story.first_seen_at is 'When its first article was seen.';
comment on column analyst.story.last_seen_at is 'When its newest article was seen.';
comment on column analyst.story.articles is 'Articles, copies included.';
comment on column analyst.story.originals is 'Articles that copy no other.';
comment on column analyst.story.developments is 'Articles that told what the story did not have.';
comment on column analyst.story.outlets is 'Outlets that carried it.';
comment on column analyst.story.outlet_names is 'Their names.';
comment on column analyst.story.languages is 'Languages of its articles.';

create view analyst.story_article as
select
    decision.story_id,
    decision.article_id,
    article.first_seen_at as seen_at,
    article.outlet,
    article.title,
    article.canonical_url as url,
    decision.role,
    decision.new_sentences,
    decision.story_similarity as similarity,
    decision.story_terms as terms,
    decision.story_version,
    fingerprint.document_id as decision_order
from news.decision
join news.article using (article_id)
join news.fingerprint
    on fingerprint.article_id = decision.article_id
   and fingerprint.algorithm = decision.algorithm_version and fingerprint.revised_at is null
where article.loaded_at is not null and decision.story_id is not null;
comment on view analyst.story_article is 'Each article of each story, with what it brought: order by decision_order to read how the story went.';
comment on column analyst.story_article.story_id is 'The story.';
comment on column analyst.story_article.article_id is 'The article.';
comment on column analyst.story_article.seen_at is 'When the article was first seen.';
comment on column analyst.story_article.outlet is 'Who published it.';
comment on column analyst.story_article.title is 'Headline.';
comment on column analyst.story_article.url is 'Canonical URL.';
comment on column analyst.story_article.role is 'first; copy: of an article or a seed; development: its lead tells what no earlier article of the story did; independent: own words on what was told.';
comment on column analyst.story_article.new_sentences is 'Of a development: its sentences that no earlier article of the story holds, in these words or in others.';
comment on column analyst.story_article.similarity is 'How similar it was to the story it joined, 0 to 1; null if it began it or came as a copy.';
comment on column analyst.story_article.decision_order is 'Ascends in the order in which articles were decided on: what was first seen in one cycle is in the order in which it was published.';
comment on column analyst.story_article.story_version is 'Version of the figures of stories by which it came to this one.';
comment on column analyst.story_article.terms is 'The shared terms that made most of that, with their weights; names, places and numbers where the story was told in other languages: Таррант = Tarrant.';

create view analyst.story_change as
select kind, story_id, from_story_id, article_ids, why, changed_at
from news.story_change;
comment on view analyst.story_change is 'What was merged and split: a story_id that analyst.story does not have any more is a from_story_id here.';
comment on column analyst.story_change.kind is 'merge: all articles, and the story that they left is no more; split: some, to a new story; version: copies that another version of the deduplication found another original for.';
comment on column analyst.story_change.story_id is 'Where the articles went.';
comment on column analyst.story_change.from_story_id is 'Where they were.';
comment on column analyst.story_change.article_ids is 'The articles.';
comment on column analyst.story_change.why is 'What the person who did it wrote.';
comment on column analyst.story_change.changed_at is 'When.';

create view analyst.outlet_day as
select day, outlet, country, language, articles, originals
from news.outlet_day
where articles > 0;
comment on view analyst.outlet_day is 'How much each outlet published on each day, counted as load publishes: for shares of all there is, without reading the articles.';
comment on column analyst.outlet_day.day is 'UTC day on which the articles were first seen.';
comment on column analyst.outlet_day.outlet is 'The outlet.';
comment on column analyst.outlet_day.country is 'ISO 3166-1 alpha-2 code of its country.';
comment on column analyst.outlet_day.language is 'BCP 47 tag of the articles, from their text; null where nobody knows.';
comment on column analyst.outlet_day.articles is 'Articles, copies included.';
comment on column analyst.outlet_day.originals is 'Of these, originals.';

create view analyst.outlet as
select
    total.outlet,
    total.country,
    total.articles,
    total.originals,
    (select min(article.first_seen_at) from news.article
     where article.outlet = total.outlet and article.country is not distinct from total.country
       and article.loaded_at is not null) as first_seen_at,
    (select max(article.first_seen_at) from news.article
     where article.outlet = total.outlet and article.country is not distinct from total.country
       and article.loaded_at is not null) as last_seen_at,
    total.languages
from (
    select outlet, country, sum(articles)::bigint as articles, sum(originals)::bigint as originals,
           array_agg(language order by language) filter (where language is not null) as languages
    from (
        select outlet, country, language, sum(articles) as articles, sum(originals) as originals
        from analyst.outlet_day
        group by outlet, country, language
    ) as by_language
    group by outlet, country
) as total;
comment on view analyst.outlet is 'Who publishes, and how much of it is their own.';
comment on column analyst.outlet.outlet is 'Name.';
comment on column analyst.outlet.country is 'ISO 3166-1 alpha-2 code.';
comment on column analyst.outlet.articles is 'Published articles.';
comment on column analyst.outlet.originals is 'Those that copy no other.';
comment on column analyst.outlet.first_seen_at is 'First article seen.';
comment on column analyst.outlet.last_seen_at is 'Newest article seen.';
comment on column analyst.outlet.languages is 'Languages it writes in.';
