alter table news.decision drop constraint decision_kind_check;
alter table news.decision
    add constraint decision_kind_check check (kind in ('exact', 'near', 'contained', 'revision'));
comment on column news.decision.kind is 'exact, near or contained; revision: the text under a headline that its outlet gave without, which is a newer wording of that; null for an original.';
alter table news.decision_beside drop constraint decision_beside_kind_check;
alter table news.decision_beside
    add constraint decision_beside_kind_check
        check (kind in ('exact', 'near', 'contained', 'revision'));

-- What a further article of a story is compared with.
drop index news.decision_originals;
create index decision_telling on news.decision (story_id, article_id)
    where coalesce(kind, 'revision') = 'revision';
