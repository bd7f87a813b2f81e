-- Which outlet is first with the stories of a topic?
select topic, outlet, count(*) as times_first
from (
    select distinct on (topic, story_id) topic, story_id, outlet
    from analyst.flag
    order by topic, story_id, seen_at, article_id
) as first_report
group by topic, outlet
order by topic, times_first desc, outlet;
