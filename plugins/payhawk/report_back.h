/* clang-format off */
/*
 * The flow `report_back`: Payhawk is told where an expense is booked, and that a bill was paid.
 *
 * Newer accounts have an export history as well (exported into, when, failed why). How it is written is in no
 * document that is at hand, so the links alone are kept.
 */
#ifndef PAYHAWK_REPORT_BACK_H
#define PAYHAWK_REPORT_BACK_H

static const struct ferry_mapping report_back[] = {
    {.name = "link",
     .about = "the expense links to its bill or credit note; links of others stay",
     .from = "expenses",
     .to = "expense_links",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not exists(@bill.url) and not exists(@credit.url)",
                              "not-booked: nothing of it is in Xero yet")),
     .fields = FIELDS({"id", "id"}),
     .parts = PARTS({.name = "other",
                     .about = "a link that somebody else put there",
                     .from = "externalLinks",
                     .to = "externalLinks",
                     .guards = GUARDS(SKIP_IF("title == 'Xero'", "ours: our own link is written anew")),
                     .fields = FIELDS({"title", "title"},
                                      {"url", "url"})},
                    {.name = "xero",
                     .about = "our own",
                     .to = "externalLinks",
                     .fields = FIELDS({"title", "'Xero'"},
                                      {"url", "if(is_credit, @credit.url, @bill.url) ?? hold('no-link: "
                                              "Xero has no page for it.')"})})},

    {.name = "paid_mark",
     .about = "a bank expense whose bill was paid in Xero is marked as paid",
     .from = "expenses",
     .to = "paid_marks",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("type != 'bank'", "no-transfer: only bank expenses are marked"),
                      SKIP_IF("count(kept) > 0", "paid-by-payhawk: Payhawk paid it and knows"),
                      SKIP_IF("isPaid and not exists(@paid_mark.id)",
                              "marked: somebody marked it in Payhawk"),
                      SKIP_IF("@bill.target.Status != 'PAID'", "not-paid: the bill is not paid in Xero")),
     .fields = FIELDS({"expense", "id"},
                      {"date", "@bill.target.FullyPaidOnDate ?? hold('no-payment-date: Xero does not say "
                               "when the bill was paid.')"},
                      {"paymentReference", "'Xero'"})},
};

#endif
