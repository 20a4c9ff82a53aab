-- Forecasts as they were made, so that they can be held against what came of them.

-- One method's forecast of one period at the end of one day, for one scope ('' is the company).
-- Never changed: where the log of then has changed since, the forecast is made again as a new
-- version. `log_print` is the fingerprint of what was known at the cut, `log_batch_id` the newest
-- batch the log held when the forecast was computed. A method without a range has only an amount,
-- one that had nothing to go by not even that.
create table forecasts (
    scope                varchar       not null,
    method               varchar       not null,
    period_from          date          not null,
    period_to            date          not null,
    cut_on               date          not null,
    version              integer       not null,
    forecast_amount      decimal(18,2),
    p10_amount           decimal(18,2),
    p50_amount           decimal(18,2),
    p90_amount           decimal(18,2),
    log_print            varchar       not null,
    log_batch_id         bigint        not null,
    computed_at          timestamp     not null,
    computed_by          varchar       not null,
    batch_id             bigint        not null
);

-- The chances such a forecast gave to open opportunities, rounded to the thousandth: to how many
-- each chance was given, and how many of those were won by the end of the period.
create table forecast_chances (
    scope                varchar       not null,
    method               varchar       not null,
    period_from          date          not null,
    period_to            date          not null,
    cut_on               date          not null,
    version              integer       not null,
    probability          decimal(4,3)  not null,
    cases                bigint        not null,
    happened             bigint        not null,
    batch_id             bigint        not null
);
