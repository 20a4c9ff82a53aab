-- contacts_like: the contacts the words of $search find, the likeliest with the lowest distance:
-- 0 its number, 1 its name begins so, 2 all words are in the name. With $nearly instead those of
-- whose name some word is nearly like each word, from 3 on.
sought as (

    select
        strip_accents(lower(trim($search))) as phrase,
        list_filter(
            string_split(strip_accents(lower($search)), ' '), lambda word: word <> ''
        ) as words

),

-- taking accents away costs; a name with as many bytes as letters has none
folded as not materialized (

    select
        contact_no,
        case
            when strlen(name) = length(name) then lower(name) else strip_accents(lower(name))
        end as folded_name
    from contacts

),

exactly as not materialized (

    select
        contact_no,
        case
            when phrase = '' or lower(contact_no) = phrase then 0
            when starts_with(folded_name, phrase) then 1
            else 2
        end as distance
    from folded
    cross join sought
    where not $nearly
    and (
        starts_with(lower(contact_no), phrase)
        or len(list_filter(words, lambda word: not contains(folded_name, word))) = 0
    )

),

likenesses as not materialized (

    select
        contact_no,
        list_transform(words, lambda word: list_max(list_transform(
            string_split(folded_name, ' '),
            lambda part: jaro_winkler_similarity(part, word)
        ))) as likeness
    from folded
    cross join sought
    where $nearly

),

contacts_like as (

    select * from exactly

    union all

    select contact_no, 4 - list_avg(likeness) as distance
    from likenesses
    where list_min(likeness) >= 0.9

)
