-- How much attention did each topic get per day, as a share of all original articles?
select day, topic, flagged, originals, round((100 * ratio)::numeric, 2) as percent
from analyst.topic_day
order by day, topic;
