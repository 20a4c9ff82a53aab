-- The one row says what a company has of what the first opportunity needs.
select
    exists (select 1 from stages inner join sales_cycles using (cycle_code) where not blocked)
        as has_cycle,
    exists (select 1 from salespeople where not blocked) as has_salesperson,
    exists (select 1 from close_reasons where outcome = 'won') as has_won_reason,
    exists (select 1 from close_reasons where outcome = 'lost') as has_lost_reason,
    exists (select 1 from opportunities) as has_opportunity
