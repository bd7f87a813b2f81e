alter table news.story drop column vector;
alter table news.story add column strands jsonb not null default '{}';
comment on column news.story.strands is 'By language, "" where nobody knows it: sums of its originals'' unit vectors. terms: term to weight; anchors (names, places, numbers): key to weight and a form.';
comment on table news.story_term is 'The best terms and anchors of each story: what a new article finds it by.';
comment on column news.story_term.term is 'A folded word, or an anchor: ~ and the consonants of a name, @ and a place, # and a number.';
comment on column news.story_term.story_id is 'A story that has it among its best.';
comment on column news.term.term is 'A folded word, or an anchor as in news.story_term.';
comment on column news.decision.story_terms is 'The shared terms that made most of it, with their weights; for a story told in other languages its anchors, as both write them.';
