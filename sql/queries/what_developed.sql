-- What did the stories of the last seven days bring that was new, in its own words?
select
    story.headline as story,
    member.seen_at,
    member.outlet,
    member.new_sentences[1] as first_new_sentence,
    cardinality(member.new_sentences) as new_sentences,
    member.url
from analyst.story_article as member
join analyst.story using (story_id)
where member.role = 'development' and member.seen_at >= analyst.newest_at() - interval '7 days'
order by story.last_seen_at desc, story_id, member.seen_at;
