-- The first schema: set-up, contacts, opportunities with their standing, and the log.
-- Plain types and `not null` only, so that a DuckDB file, PostgreSQL and DuckLake can all hold it.

create table settings (
    name                 varchar not null,
    value                varchar not null
);

-- The last number given out under each name: opportunity_id, batch_id, contact_no.
create table counters (
    name                 varchar not null,
    value                bigint  not null
);

create table number_series (
    series_code          varchar not null,
    description          varchar not null,
    starting_no          varchar not null,
    ending_no            varchar not null,
    last_no              varchar,
    step                 integer not null,
    manual_allowed       boolean not null
);

-- One call of carry_out: who recorded what, when. Every row it wrote carries its number.
create table batches (
    batch_id             bigint    not null,
    recorded_at          timestamp not null,
    recorded_by          varchar   not null,
    command              varchar   not null,
    commands             integer   not null
);

create table teams (
    team_code            varchar not null,
    name                 varchar not null,
    manager_code         varchar
);

create table salespeople (
    owner_code           varchar not null,
    name                 varchar not null,
    team_code            varchar,
    blocked              boolean not null
);

create table campaigns (
    campaign_no          varchar not null,
    description          varchar not null,
    starts_on            date,
    ends_on              date,
    activated            boolean not null,
    owner_code           varchar
);

create table contacts (
    contact_no           varchar not null,
    type                 varchar not null,
    name                 varchar not null,
    company_no           varchar,
    owner_code           varchar,
    is_customer          boolean not null
);

create table sales_cycles (
    cycle_code           varchar not null,
    description          varchar not null,
    probability_method   varchar not null,
    blocked              boolean not null
);

-- `stage` names the stage for good and stands in the log; `position` is its place in the cycle today.
create table stages (
    cycle_code           varchar      not null,
    stage                integer      not null,
    position             integer      not null,
    description          varchar      not null,
    completed_percent    decimal(5,2) not null,
    chances_percent      decimal(5,2) not null,
    allow_skip           boolean      not null,
    quote_required       boolean      not null,
    activity_code        varchar,
    date_formula         varchar      not null
);

create table close_reasons (
    close_reason_code    varchar not null,
    description          varchar not null,
    outcome              varchar not null,
    in_win_rate          boolean not null
);

create table quotes (
    quote_no             varchar       not null,
    contact_no           varchar       not null,
    amount               decimal(18,2) not null,
    kind                 varchar       not null
);

-- What an opportunity is, and a copy of its newest transition (its standing) for lists and the guard.
create table opportunities (
    opportunity_id       bigint        not null,
    opportunity_no       varchar       not null,
    description          varchar       not null,
    contact_no           varchar,
    company_no           varchar,
    owner_code           varchar,
    cycle_code           varchar,
    campaign_no          varchar,
    priority             varchar       not null,
    quote_no             varchar,
    source               varchar       not null,
    external_id          varchar,
    created_on           date          not null,
    created_at           timestamp     not null,
    created_by           varchar       not null,
    batch_id             bigint        not null,
    status               varchar       not null,
    stage                integer,
    amount               decimal(18,2),
    chances_percent      decimal(5,2)  not null,
    completed_percent    decimal(5,2)  not null,
    probability_percent  decimal(9,6)  not null,
    weighted_amount      decimal(30,10),
    expected_close_on    date,
    forecast_category    varchar,
    close_reason_code    varchar,
    path                 varchar       not null,
    started_on           date,
    standing_since       date,
    stage_since          date,
    closed_on            date,
    last_nth             integer       not null,
    version              integer       not null,
    removed_on           date,
    removed_at           timestamp,
    removed_by           varchar
);

-- The log: each row is the complete standing of one opportunity from one day until the next row.
create table transitions (
    opportunity_id       bigint        not null,
    nth                  integer       not null,
    action               varchar       not null,
    cycle_code           varchar       not null,
    stage                integer       not null,
    from_stage           integer       not null,
    path                 varchar       not null,
    amount               decimal(18,2),
    chances_percent      decimal(5,2)  not null,
    completed_percent    decimal(5,2)  not null,
    probability_percent  decimal(9,6)  not null,
    weighted_amount      decimal(30,10),
    expected_close_on    date,
    owner_code           varchar,
    contact_no           varchar,
    forecast_category    varchar,
    close_reason_code    varchar,
    valid_from           date          not null,
    valid_to             date,
    recorded_at          timestamp     not null,
    retracted_at         timestamp,
    retracted_by         varchar,
    recorded_by          varchar       not null,
    batch_id             bigint        not null,
    note                 varchar       not null
);

-- What a new company starts with.
insert into number_series values
    ('OP', 'Opportunities', 'OP000001', 'OP99999999', null, 1, true),
    ('CT', 'Contacts', 'CT000001', 'CT999999', null, 1, true);

insert into settings values
    ('opportunity_series', 'OP'),
    ('contact_series', 'CT');
