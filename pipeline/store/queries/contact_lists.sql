-- a row is a list of contacts with how many it has and how many opportunities were made for it
select
    contact_lists.list_no,
    contact_lists.description as list_description,
    contact_lists.campaign_no,
    campaigns.description as campaign_description,
    contact_lists.owner_code,
    coalesce(salespeople.name, contact_lists.owner_code) as owner_name,
    coalesce(contacts_listed, 0) as contacts_listed,
    coalesce(made_from_list, 0) as made_from_list
from contact_lists
left join campaigns on campaigns.campaign_no = contact_lists.campaign_no
left join salespeople on salespeople.owner_code = contact_lists.owner_code
left join (
    select list_no, count(*) as contacts_listed from contact_list_lines group by list_no
) as theirs on theirs.list_no = contact_lists.list_no
left join (
    select list_no, count(*) as made_from_list
    from opportunities
    where list_no is not null and removed_on is null
    group by list_no
) as made on made.list_no = contact_lists.list_no
where $list_no is null or contact_lists.list_no = $list_no
order by contact_lists.created_at desc, contact_lists.list_no
