-- Who reprinted what the seed corpus already holds, and how much of it?
select seed, outlet, title, kind, round((100 * coverage)::numeric) as percent, reason
from analyst.duplicate
where seed is not null
order by seed, seen_at;
