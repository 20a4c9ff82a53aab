-- a row is a quote or the order it became, the newest first, with the opportunity that has it
select
    quotes.quote_no,
    quotes.order_no,
    coalesce(quotes.description, '') as quote_description,
    coalesce(quotes.status, 'draft') as quote_status,
    quotes.contact_no,
    contacts.name as contact_name,
    coalesce(salespeople.name, quotes.owner_code) as owner_name,
    quotes.amount as quote_amount,
    quotes.quoted_on,
    quotes.order_on,
    quotes.ordered_on,
    holders.opportunity_no
from quotes
left join contacts on contacts.contact_no = quotes.contact_no
left join salespeople on salespeople.owner_code = quotes.owner_code
left join (
    select quote_no, opportunity_no from opportunities where removed_on is null
) as holders on holders.quote_no = quotes.quote_no
where ($search = ''
    or contains(strip_accents(lower(concat_ws(' ', quotes.quote_no, quotes.order_no,
        quotes.description, contacts.name, holders.opportunity_no))), strip_accents(lower($search))))
and ($statuses is null or list_contains($statuses, coalesce(quotes.status, 'draft')))
and ($contacts is null or quotes.contact_no in (
    select contact_no from contacts
    where list_contains($contacts, contact_no) or list_contains($contacts, company_no)
))
order by quotes.quoted_on desc nulls last, quotes.quote_no desc
