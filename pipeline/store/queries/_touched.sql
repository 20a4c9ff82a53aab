-- touched: the transitions of the period, and the row in which what they touch stood before it;
-- read apart, because the days of the log lie in order and most of it need not be read at all
moved as not materialized (

    select * from log where valid_from between $from_on and $to_on

),

stood as not materialized (

    select * from log where valid_from < $from_on and valid_to between $from_on and $to_on

),

touched as not materialized (

    from moved
    union all
    from stood

)
