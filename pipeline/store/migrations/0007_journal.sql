-- What every batch wrote, so that it can be taken back: the rows it touched, before and after.

-- `kind` says how it was written and so how it is taken back: row, transition, retraction, removal,
-- return. `key` names the record in its table; `before` and `after` are columns as JSON: null where
-- the row was not there. Undoings are journaled too, so that they can be undone.
create table journal (
    batch_id             bigint    not null,
    place                integer   not null,
    kind                 varchar   not null,
    table_name           varchar   not null,
    key                  varchar   not null,
    before               varchar,
    after                varchar
);

-- Which batch took which one back. Both of a chain (done, undone, done again, ...) name its first.
create table undoings (
    batch_id             bigint    not null,
    undone_batch_id      bigint    not null,
    first_batch_id       bigint    not null
);

-- Removals of opportunities that did not last, for readings as of what was known while they did.
-- `nth` is the row of the log that the removal ended. `restored_on` is the day from which the
-- opportunity was there again and leaves a gap in the log; null: as if it had never been removed.
create table past_removals (
    opportunity_id       bigint    not null,
    nth                  integer   not null,
    removed_on           date      not null,
    removed_at           timestamp not null,
    removed_by           varchar   not null,
    ended_at             timestamp not null,
    ended_by             varchar   not null,
    restored_on          date,
    retracted_at         timestamp
);
