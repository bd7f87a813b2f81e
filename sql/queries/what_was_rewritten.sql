-- Which texts did their outlets rewrite in the last seven days, and what was left of each?
select
    article.outlet,
    version.title as said_before,
    coalesce(
        lead(version.title) over (partition by article_id order by version.replaced_at),
        article.title
    ) as said_next,
    version.replaced_at,
    round(version.coverage_of_earlier::numeric, 2) as share_left,
    version.reason,
    article.url
from analyst.article_version as version
join analyst.article using (article_id)
where version.replaced_at >= analyst.newest_at() - interval '7 days'
order by share_left, version.replaced_at;
