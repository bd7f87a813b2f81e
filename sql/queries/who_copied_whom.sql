-- Which outlets carry whose texts, and how long after?
select original_outlet, outlet as copied_by, count(*) as copies,
       percentile_cont(0.5) within group (order by extract(epoch from seen_at - original_seen_at) / 60)
           as median_minutes_later
from analyst.duplicate
where duplicate_of is not null
group by 1, 2
order by copies desc, 1, 2;
