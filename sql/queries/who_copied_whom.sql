-- Which outlets carried whose texts in the last seven days, and how long after?
select original_outlet, outlet as copied_by, count(*) as copies,
       percentile_cont(0.5) within group (order by extract(epoch from seen_at - original_seen_at) / 60)
           as median_minutes_later
from analyst.duplicate
where duplicate_of is not null and seen_at >= analyst.newest_at() - interval '7 days'
group by 1, 2
order by copies desc, 1, 2;
