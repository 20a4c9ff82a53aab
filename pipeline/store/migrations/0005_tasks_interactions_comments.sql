-- What people do around an opportunity: tasks, interactions with contacts, comments.

-- A dated thing to do; the next step of an opportunity is its earliest open task.
create table tasks (
    task_no              varchar   not null,
    opportunity_id       bigint,
    contact_no           varchar,
    campaign_no          varchar,
    owner_code           varchar,
    team_code            varchar,
    type                 varchar   not null,
    description          varchar   not null,
    priority             varchar   not null,
    due_on               date      not null,
    status               varchar   not null,
    canceled             boolean   not null,
    closed_on            date,
    -- The stage on whose entering it was made, and by which activity; null when made by hand.
    stage                integer,
    activity_code        varchar,
    created_at           timestamp not null,
    created_by           varchar   not null,
    batch_id             bigint    not null
);

-- A call, mail, meeting or note that happened with a contact.
create table interactions (
    interaction_no       varchar   not null,
    type                 varchar   not null,
    happened_on          date      not null,
    description          varchar   not null,
    contact_no           varchar   not null,
    owner_code           varchar,
    campaign_no          varchar,
    opportunity_id       bigint,
    minutes              integer,
    cost                 decimal(18,2),
    canceled             boolean   not null,
    created_at           timestamp not null,
    created_by           varchar   not null,
    batch_id             bigint    not null
);

-- A remark about any record: `about` names the noun, `no` the record, `stage` the stage of a cycle.
create table comments (
    comment_id           bigint    not null,
    about                varchar   not null,
    no                   varchar   not null,
    stage                integer   not null,
    said_on              date      not null,
    text                 varchar   not null,
    created_at           timestamp not null,
    created_by           varchar   not null,
    batch_id             bigint    not null
);

insert into number_series values
    ('TD', 'Tasks', 'TD000001', 'TD99999999', null, 1, true),
    ('IN', 'Interactions', 'IN000001', 'IN99999999', null, 1, true);

insert into settings values
    ('task_series', 'TD'),
    ('interaction_series', 'IN');
