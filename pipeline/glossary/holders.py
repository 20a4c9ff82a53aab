"""Contacts, salespeople and campaigns."""

from pipeline.glossary.column import Column, count, money, text

HOLDERS: dict[str, Column] = {
    "contact_type": text("Type", "A company, or a person, who may belong to one."),
    "company_name": text("Company", "The company that a person belongs to."),
    "is_customer": Column("Customer", "", "flag", "Whether it has bought something already."),
    "open_now": count("Open", "How many are neither won nor lost, started or not."),
    "campaign_description": text("Campaign", "What the campaign is called."),
    "average_amount": money("Mean amount", "The mean of the amounts there are."),
    "average_weighted_amount": money("Mean weighted", "The mean of the weighted amounts."),
}
