-- What was flagged in the last 24 hours, the most salient first?
select topic, score, salience, outlet, title, evidence, url
from analyst.flag
where seen_at >= analyst.newest_at() - interval '24 hours'
order by topic, score desc, seen_at;
