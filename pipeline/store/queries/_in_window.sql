-- whether a row of the log is expected to close inside the window; always, where there is none
(
    ($expected_from is null and $expected_to is null)
    or (
        expected_close_on >= coalesce($expected_from, expected_close_on)
        and expected_close_on <= coalesce($expected_to, expected_close_on)
    )
)
