-- What is aimed at and what is promised: quotas, calls, and the forecast category of a stage.

-- A target of the company, a team or an owner for one period. It keeps the days of the period it
-- was set for, so that no change of the fiscal calendar loses it. A revision is a row of its own,
-- in force from its day on; the row with the latest day that has come is the one that counts.
create table quotas (
    level                varchar       not null,
    code                 varchar       not null,
    measure              varchar       not null,
    period               varchar       not null,
    starts_on            date          not null,
    ends_on              date          not null,
    effective_from       date          not null,
    target               decimal(18,2) not null,
    created_at           timestamp     not null,
    created_by           varchar       not null,
    batch_id             bigint        not null
);

-- What somebody said a period will come to, won so far included. Never overwritten: who says
-- something else makes a new version.
create table calls (
    level                varchar       not null,
    code                 varchar       not null,
    measure              varchar       not null,
    period               varchar       not null,
    starts_on            date          not null,
    ends_on              date          not null,
    caller               varchar       not null,
    version              integer       not null,
    amount               decimal(18,2) not null,
    confidence_percent   decimal(5,2),
    note                 varchar       not null,
    submitted_on         date          not null,
    is_late              boolean       not null,
    created_at           timestamp     not null,
    created_by           varchar       not null,
    batch_id             bigint        not null
);

-- The category an opportunity in this stage is forecast in unless somebody says otherwise; null:
-- what the chances of the stage suggest.
alter table stages add column forecast_category varchar;

-- From when to when a salesperson sells; null: always. Quotas are prorated by it.
alter table salespeople add column joined_on date;
alter table salespeople add column left_on date;
