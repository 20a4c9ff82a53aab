"""What a company can set about itself."""

SETTINGS = {
    "company_name": "",
    "currency": "EUR",
    "default_cycle": "",
    "default_owner": "",
    "no_decision_reasons": "",
    "opportunity_series": "OP",
    "contact_series": "CT",
    "interaction_series": "IN",
    "rotting_days": "",
    "stage_map": "",
    "task_series": "TD",
    "time_zone": "UTC",
}
"""Every setting and its default."""
