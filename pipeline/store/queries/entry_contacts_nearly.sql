-- A row is a contact of whose name a word is nearly one of $words (lower case, without accents);
-- $pattern finds the words that begin with the same two letters, for only those are compared.
with
found as materialized (

    select
        contact_no,
        name,
        owner_code,
        company_no,
        strip_accents(lower(regexp_extract(name, $pattern, 1, 'i'))) as word
    from contacts
    where regexp_matches(name, $pattern, 'i')

),

alike as (

    select
        word,
        list_max(list_transform(
            $words, lambda sought: jaro_winkler_similarity(word, sought)
        )) as likeness
    from (select distinct word from found) as words

),

likeliest as (

    select found.*, likeness
    from found
    inner join alike using (word)
    where likeness >= 0.85
    order by likeness desc, strlen(name), name, contact_no
    limit $at_most

)

select
    likeliest.contact_no,
    likeliest.name,
    likeliest.owner_code,
    case when companies.contact_no <> likeliest.contact_no then companies.name end as company_name
from likeliest
left join contacts as companies on companies.contact_no = likeliest.company_no
