-- Which stories on a topic were carried by most outlets?
select flag.topic, story.headline, story.outlets, story.articles, story.first_seen_at, story.last_seen_at
from analyst.story
join (select distinct topic, story_id from analyst.flag) as flag using (story_id)
order by story.outlets desc, story.articles desc, story.story_id, flag.topic
limit 20;
