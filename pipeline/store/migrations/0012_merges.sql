-- Opportunities that turned out to be one, and pairs of which somebody said that they are not.

-- `opportunity_id` went into `survivor_id`; both keep their logs. `ended_at`: taken apart again.
create table merges (
    opportunity_id       bigint    not null,
    survivor_id          bigint    not null,
    merged_on            date      not null,
    merged_at            timestamp not null,
    merged_by            varchar   not null,
    batch_id             bigint    not null,
    ended_at             timestamp,
    ended_by             varchar
);

-- Always the lower id first.
create table not_twins (
    opportunity_id       bigint    not null,
    other_id             bigint    not null,
    said_at              timestamp not null,
    said_by              varchar   not null,
    batch_id             bigint    not null
);
