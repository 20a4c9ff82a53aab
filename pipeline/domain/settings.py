"""What a company can set about itself."""

SETTINGS = {
    "company_name": "",
    "currency": "EUR",
    "default_cycle": "",
    "default_owner": "",
    "fiscal_year_start": "1",
    "fiscal_pattern": "months",
    "fiscal_week_start": "monday",
    "fiscal_year_label": "end",
    "call_cutoff_days": "0",
    "category_commit_from": "80.00",
    "category_likely_from": "50.00",
    "category_best_from": "20.00",
    "no_decision_reasons": "",
    "opportunity_series": "OP",
    "contact_series": "CT",
    "quote_series": "SQ",
    "order_series": "SO",
    "list_series": "CL",
    "interaction_series": "IN",
    "rotting_days": "",
    "stage_map": "",
    "task_series": "TD",
    "time_zone": "UTC",
}
"""Every setting and its default."""
