-- The one row is the last day on which anything became of any opportunity.
select greatest(max(standing_since), max(created_on), max(removed_on)) as newest_on
from opportunities
