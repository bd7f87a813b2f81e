-- Every sentence that mentions Steve Witkoff, newest first, with its first mention's place.
select article.seen_at, article.outlet, mention.sentence, mention.field,
       min(mention.char_start) as char_start
from analyst.mention
join analyst.article using (article_id)
where mention.topic = 'witkoff'
group by article.article_id, article.seen_at, article.outlet, mention.sentence, mention.field
order by article.seen_at desc, article.article_id, min(mention.char_start)
limit 200;
