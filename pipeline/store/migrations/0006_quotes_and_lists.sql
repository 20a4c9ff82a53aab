-- Sales quotes that become orders, and lists of contacts with an opportunity for each.

-- A quote keeps its number when it becomes an order (`kind`), which has a number of its own.
alter table quotes add column description varchar;
alter table quotes add column owner_code varchar;
alter table quotes add column campaign_no varchar;
alter table quotes add column quoted_on date;
-- The day the order is expected: the expected close date of the opportunity it was made from.
alter table quotes add column order_on date;
-- Draft, sent, declined or ordered.
alter table quotes add column status varchar;
alter table quotes add column order_no varchar;
alter table quotes add column ordered_on date;

-- A list of contacts, such as the guests of a fair; Business Central says segment.
create table contact_lists (
    list_no              varchar   not null,
    description          varchar   not null,
    campaign_no          varchar,
    owner_code           varchar,
    created_at           timestamp not null,
    created_by           varchar   not null,
    batch_id             bigint    not null
);

-- A contact on a list, with what its opportunity would be about and who would own it.
create table contact_list_lines (
    list_no              varchar not null,
    line                 integer not null,
    contact_no           varchar not null,
    description          varchar not null,
    owner_code           varchar
);

-- The list an opportunity was made for.
alter table opportunities add column list_no varchar;

insert into number_series values
    ('SQ', 'Quotes', 'SQ000001', 'SQ99999999', null, 1, true),
    ('SO', 'Orders', 'SO000001', 'SO99999999', null, 1, true),
    ('CL', 'Lists of contacts', 'CL000001', 'CL999999', null, 1, true);

insert into settings values
    ('quote_series', 'SQ'),
    ('order_series', 'SO'),
    ('list_series', 'CL');
