-- What is to be done on entering a stage: an activity and its steps, each of which becomes a task.
create table activities (
    activity_code        varchar not null,
    description          varchar not null
);

create table activity_steps (
    activity_code        varchar not null,
    step                 integer not null,
    type                 varchar not null,
    description          varchar not null,
    priority             varchar not null,
    date_formula         varchar not null
);
