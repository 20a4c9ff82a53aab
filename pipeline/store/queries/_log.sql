-- log: every transition that counts; present: the opportunities themselves
log as not materialized (

    select * from transitions where retracted_at is null

),

present as not materialized (

    select * from opportunities

)
