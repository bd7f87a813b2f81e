-- A page's text is chosen among its blocks, with the engine's vote where the model is unsure.

alter domain news.extraction_method drop constraint extraction_method_check;
alter domain news.extraction_method add constraint extraction_method_check
    check (value in (
        'blocks', 'blocks-and-engine', 'engine', 'json-ld', 'page-state', 'live-posts', 'feed'
    ));
