create view analyst.code as
with written (list, code, meaning) as (
    values
    ('stage', 'poll', 'Asks the feeds that are due and stores what they announce.'),
    ('stage', 'extract', 'Fetches the pages of new entries and makes articles of them.'),
    ('stage', 'deduplicate', 'Decides which articles are copies, and which story each belongs to.'),
    ('stage', 'flag', 'Looks for the topics in originals, and puts newer wordings in force.'),
    ('stage', 'load', 'Publishes to the analyst views.'),
    ('stage', 'send_digest', 'A job: builds the editions that are due and sends them.'),
    ('stage', 'send_alerts', 'A job: tells readers at once of new stories that reach their marks.'),
    ('stage', 'maintain', 'A job: deletes what is older than it is kept, counts, and draws the sample that recall is estimated by.'),
    ('stage', 'reflag', 'A job: flags stored articles anew by a changed topic.'),
    ('stage', 'export', 'A job: writes the analyst views to a folder, a file a day.'),

    ('rhythm', 'daily', 'The brief: what was not told to its reader yet, at their time of day.'),
    ('rhythm', 'weekly', 'The review: the stories of the week, on a day of it.'),
    ('rhythm', 'alert', 'At once: a new story that has reached the marks of its reader.'),

    ('feed_kind', 'news', 'A news site, where nothing closer is known.'),
    ('feed_kind', 'wire', 'A news agency.'),
    ('feed_kind', 'newspaper', 'A newspaper.'),
    ('feed_kind', 'broadcaster', 'Radio or television.'),
    ('feed_kind', 'magazine', 'A magazine or a review.'),
    ('feed_kind', 'government', 'A government or an international organisation.'),
    ('feed_kind', 'think-tank', 'A research institute.'),
    ('feed_kind', 'aggregator', 'It links to other outlets.'),
    ('feed_kind', 'blog', 'A blog.'),

    ('feed_identity', 'guid', 'By its guid, whatever else its items bear.'),
    ('feed_identity', 'link', 'By the page that it links to.'),
    ('feed_identity', 'title', 'By its title.'),

    ('zone_known', 'given', 'The date names its zone.'),
    ('zone_known', 'none', 'The date names no zone: UTC was assumed, bounded by the time of the poll.'),
    ('zone_known', 'unknown', 'The date names a zone that nobody knows: UTC was assumed.'),

    ('feed_origin', 'watchlist', 'It follows feeds.yaml.'),
    ('feed_origin', 'import', 'It was imported, and stays until it is disabled by hand.'),

    ('action_kind', 'retry', 'The feed is polled in full at the next cycle, whatever was said of waiting.'),
    ('action_kind', 'disable', 'The feed is not polled, whatever feeds.yaml lists, until somebody enables it.'),
    ('action_kind', 'enable', 'The feed is polled again, from the next cycle on.'),
    ('action_kind', 'retry-parked', 'The next run of its stage tries what is parked.'),

    ('feed_disabled_by', 'hand', 'A person disabled it.'),
    ('feed_disabled_by', 'watchlist', 'It no longer stands in feeds.yaml.'),

    ('feed_state', 'active', 'It answers with feeds.'),
    ('feed_state', 'backing-off', 'It fails, and is asked less and less often.'),
    ('feed_state', 'throttled', 'Its host asked us to wait.'),
    ('feed_state', 'gone', 'It says that it is gone for good (410); it is still asked now and then.'),
    ('feed_state', 'moved', 'It works, at another address.'),
    ('feed_state', 'broken', 'It has failed for so long that a person has to look.'),

    ('poll_outcome', 'unchanged', 'It sent the same document again.'),
    ('poll_outcome', 'parse-failure', 'What it sent is no feed.'),

    ('fetch_outcome', 'ok', 'It answered.'),
    ('fetch_outcome', 'not-modified', 'It said that nothing is new (304).'),
    ('fetch_outcome', 'http-error', 'It answered with an error; status says which.'),
    ('fetch_outcome', 'refused', 'We do not connect there: a special-purpose address, a forbidden scheme or port.'),
    ('fetch_outcome', 'robots', 'The host''s robots.txt forbids it.'),
    ('fetch_outcome', 'timeout', 'No whole answer came in time.'),
    ('fetch_outcome', 'unreachable', 'The name could not be resolved, or the connection or TLS failed.'),
    ('fetch_outcome', 'too-large', 'The decompressed body passed the limit.'),
    ('fetch_outcome', 'bad-redirect', 'Too many redirects, a circle, or one to where we do not go.'),
    ('fetch_outcome', 'protocol', 'What came back is not HTTP.'),

    ('entry_status', 'pending', 'It waits for its page.'),
    ('entry_status', 'extracted', 'Its article was made from it.'),
    ('entry_status', 'same-url', 'The article at its address was there already.'),

    ('body_source', 'page', 'The text that stands on the page.'),
    ('body_source', 'json-ld', 'The text that the page carries for machines.'),
    ('body_source', 'feed-content', 'The whole text, as the feed carries it.'),
    ('body_source', 'feed-summary', 'The feed''s summary only.'),
    ('body_source', 'headline', 'No text: the headline is all there is.'),

    ('page_kind', 'article', 'An article.'),
    ('page_kind', 'live-blog', 'A live blog.'),
    ('page_kind', 'video', 'A video with hardly any text.'),
    ('page_kind', 'gallery', 'A series of pictures with hardly any text.'),
    ('page_kind', 'index', 'A list of other articles.'),
    ('page_kind', 'consent-wall', 'It asks for consent first.'),
    ('page_kind', 'paywall', 'It shows the beginning only.'),
    ('page_kind', 'challenge', 'It wants proof that a person reads.'),
    ('page_kind', 'soft-404', 'An error page that says 200.'),
    ('page_kind', 'not-html', 'Something that is not HTML.'),
    ('page_kind', 'not-extracted', 'Nobody knows: its extraction was lost, and is tried again.'),
    ('page_kind', 'empty', 'No body was found on it.'),

    ('extraction_method', 'blocks', 'The blocks of the page that the model takes for its article.'),
    ('extraction_method', 'blocks-and-engine', 'The same with trafilatura''s vote, where the model is unsure.'),
    ('extraction_method', 'engine', 'trafilatura''s text, where the model stays unsure.'),
    ('extraction_method', 'json-ld', 'The body that the page carries for machines.'),
    ('extraction_method', 'page-state', 'Prose in the page''s scripts, where its HTML has none.'),
    ('extraction_method', 'live-posts', 'The newest posts of a live blog.'),
    ('extraction_method', 'feed', 'What the feed said.'),

    ('duplicate_kind', 'exact', 'The same text.'),
    ('duplicate_kind', 'near', 'Most of the text.'),
    ('duplicate_kind', 'contained', 'All of it stands in a longer text.'),
    ('duplicate_kind', 'revision', 'The text that the outlet gives under a headline which it announced without.'),

    ('original_relation', 'update', 'It tells more, or otherwise, than the earlier text that it was made from.'),
    ('original_relation', 'template', 'The same words as the earlier text, about something else.'),
    ('original_relation', 'contains', 'The earlier text stands in it, and it says much more.'),
    ('original_relation', 'part', 'It stands in the earlier text, which reports on other things as well.'),
    ('original_relation', 'related', 'It shares passages with the earlier text.'),

    ('story_role', 'first', 'No earlier article is in its story.'),
    ('story_role', 'copy', 'It copies an article or a seed.'),
    ('story_role', 'development', 'It tells what the story did not have.'),
    ('story_role', 'independent', 'Own words on what was told already.'),

    ('story_change_kind', 'merge', 'All articles moved, and the story that they left is no more.'),
    ('story_change_kind', 'split', 'Some articles moved to a new story.'),
    ('story_change_kind', 'version', 'Copies went with another original when a version of the deduplication was put in force.'),

    ('salience', 'headline', 'The topic stands in the headline.'),
    ('salience', 'lead', 'It stands in the lead.'),
    ('salience', 'body', 'It stands further down, and is more than a passing mention.'),
    ('salience', 'passing', 'A passing mention.'),

    ('mention_field', 'title', 'The headline.'),
    ('mention_field', 'text', 'The text.'),
    ('mention_field', 'subtitle', 'The line below the headline.'),

    ('mention_part', 'subject', 'It names what the topic is about.'),
    ('mention_part', 'support', 'It supports the rule.'),

    ('judgement_subject', 'flag', 'That the article mentions the topic.'),
    ('judgement_subject', 'story', 'That the article belongs to the story.'),
    ('judgement_subject', 'copy', 'That the article is a copy.'),

    ('verdict', 'right', 'It was decided rightly.'),
    ('verdict', 'wrong', 'It was decided wrongly.'),
    ('verdict', 'missed', 'It should have been decided so, and was not.'),
    ('verdict', 'absent', 'It was not flagged, and rightly so.'),
    ('verdict', 'unsure', 'Who judged cannot say.'),

    ('delivery_state', 'pending', 'It waits to be sent.'),
    ('delivery_state', 'sending', 'It is being handed over.'),
    ('delivery_state', 'sent', 'The server took it.'),
    ('delivery_state', 'deferred', 'The server did not take it, or was away: it is tried again until the next edition is due.'),
    ('delivery_state', 'refused', 'The server refused it for good: a person has to look at the address.'),
    ('delivery_state', 'carried-over', 'The next edition was due before the server took it, and tells what it would have told.'),
    ('delivery_state', 'unknown', 'The connection broke after the hand-over: a person decides, it is never sent again by itself.'),
    ('delivery_state', 'skipped', 'Kept and not sent: of a day long past, or held back by the editor. The next edition tells what it would have told.'),

    ('parked_kind', 'raised', 'Our code raised an exception: a defect that this item shows.'),
    ('parked_kind', 'refused', 'The database refused it: a value out of range, a key too long.'),
    ('parked_kind', 'time', 'It took more CPU time than one item may.'),
    ('parked_kind', 'memory', 'It took more memory than there is.'),
    ('parked_kind', 'killed', 'Its worker ended in the middle of it three times.'),
    ('parked_kind', 'wrong', 'A row of the watchlist that a person has to mend.'),

    ('severity', 'notice', 'It is shown to who looks.'),
    ('severity', 'warning', 'A person is told.'),
    ('severity', 'critical', 'A person is woken.'),

    ('run_failure_kind', 'failed', 'A run of the DAG failed after all its retries.'),
    ('run_failure_kind', 'late', 'A run of the DAG takes longer than its deadline.')
),
meaning as (
    select list, code, meaning from written
    union all
    select 'poll_outcome', code, meaning from written where list = 'fetch_outcome'
),
place as (
    select pg_type.typname::text as list,
           array_agg(format('%s.%s.%s', pg_namespace.nspname, pg_class.relname, pg_attribute.attname)
                     order by pg_namespace.nspname, pg_class.relname, pg_attribute.attnum) as columns
    from pg_catalog.pg_attribute
    join pg_catalog.pg_type on pg_type.oid = pg_attribute.atttypid and pg_type.typtype = 'd'
    join pg_catalog.pg_class on pg_class.oid = pg_attribute.attrelid
    join pg_catalog.pg_namespace on pg_namespace.oid = pg_class.relnamespace
    where pg_namespace.nspname in ('analyst', 'ops')
    group by pg_type.typname
)
select meaning.list, meaning.code, meaning.meaning, place.columns
from meaning
left join place using (list);
comment on view analyst.code is 'Every code that a column of the views may hold, with its meaning.';
comment on column analyst.code.list is 'The list that the code belongs to: page_kind, feed_state ...';
comment on column analyst.code.code is 'The code, as columns hold it.';
comment on column analyst.code.meaning is 'What it means.';
comment on column analyst.code.columns is 'The columns that hold codes of this list; null where only reasons and counts name them.';
