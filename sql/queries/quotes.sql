-- Every sentence that mentions Steve Witkoff, newest first, with its place in the text.
select article.seen_at, article.outlet, mention.sentence, mention.field, mention.char_start
from analyst.mention
join analyst.article using (article_id)
where mention.topic = 'witkoff'
order by article.seen_at desc, mention.mention_id
limit 200;
