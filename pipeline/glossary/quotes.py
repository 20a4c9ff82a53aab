"""Quotes, orders and lists of contacts."""

from pipeline.glossary.column import Column, count, day, money, text

QUOTES: dict[str, Column] = {
    "quote_no": text("Quote", "The number of the sales quote."),
    "order_no": text("Order", "The number of the order a quote became."),
    "quote_description": text("Description", "What the quote offers."),
    "quote_status": text("Status", "Draft, sent, declined or ordered."),
    "quote_amount": money("Amount", "The total of the quote, without VAT."),
    "quoted_on": day("Quoted on", "The day the quote was made."),
    "order_on": day("Order expected", "The day the order is expected."),
    "ordered_on": day("Ordered on", "The day the quote became an order."),
    "quotes": Column("Quotes", "quotes", "count", "How many quotes and orders there are."),
    "list_no": text("List", "The number of the list of contacts."),
    "list_description": text("List of contacts", "What the list of contacts is called."),
    "line_description": text("About", "What the opportunity of this contact would be about."),
    "contacts_listed": Column("Contacts", "contacts", "count", "How many contacts the list has."),
    "made_from_list": count("Opportunities", "How many opportunities were made for the list."),
    "open_tasks": Column("Open tasks", "tasks", "count", "Tasks that are not done."),
    "new_owner_name": text("New owner", "The salesperson who would own the opportunity."),
    "what_happens": text("What happens", "What would be done with it, or why nothing is."),
}
