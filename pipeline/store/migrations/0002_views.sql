-- Views somebody saved: a page with everything its address says, under a name.
create table views (
    view_id              bigint    not null,
    name                 varchar   not null,
    page                 varchar   not null,
    query                varchar   not null,
    created_by           varchar   not null,
    created_at           timestamp not null,
    shared               boolean   not null
);
