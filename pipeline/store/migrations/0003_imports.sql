-- What was imported: as which batch, from which files, and what it made new; so that an import can
-- be undone, and be done again from the same files after a mapping was mended.

create table imports (
    batch_id             bigint    not null,
    imported_at          timestamp not null,
    imported_by          varchar   not null,
    imported_on          date      not null,
    source               varchar   not null,
    profile_name         varchar   not null,
    profile_toml         varchar   not null,
    opportunities        integer   not null,
    transitions          integer   not null,
    refused_rows         integer   not null,
    undone_at            timestamp,
    undone_by            varchar
);

-- `content` is the file as it was, deflated; null where it was too large to be kept.
create table import_files (
    batch_id             bigint    not null,
    place                integer   not null,
    name                 varchar   not null,
    bytes                bigint    not null,
    sha256               varchar   not null,
    content              blob
);

-- Contacts, people, teams, cycles, stages and close reasons that came into being with an import.
-- `state` is what the record was then, so that a change since can be seen.
create table import_made (
    batch_id             bigint    not null,
    kind                 varchar   not null,
    code                 varchar   not null,
    stage                integer,
    state                varchar   not null
);

-- Mappings that people corrected, kept for the next file of the same make.
create table import_profiles (
    name                 varchar   not null,
    profile_toml         varchar   not null,
    saved_at             timestamp not null,
    saved_by             varchar   not null
);
