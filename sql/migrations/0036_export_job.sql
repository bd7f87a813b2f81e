-- The export that runs by itself.

alter domain news.stage drop constraint stage_check;
alter domain news.stage add constraint stage_check check (value in (
    'poll', 'extract', 'deduplicate', 'flag', 'load', 'send_digest', 'send_alerts', 'maintain', 'reflag',
    'export'
));
