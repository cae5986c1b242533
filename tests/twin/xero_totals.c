/* What a document adds up to, and what of it is still open. */
#include "xero.h"

void totals_set(const struct write *w, json_t *document)
{
    bool inclusive = strcmp(json_path_text(document, "LineAmountTypes"), "Inclusive") == 0;
    struct decimal lines = decimal_of(0), tax = decimal_of(0);
    json_t *line;
    size_t i;

    (void)w;
    json_array_foreach(json_object_get(document, "LineItems"), i, line)
    {
        lines = plus(lines, value_number(line, "LineAmount"));
        tax = plus(tax, value_number(line, "TaxAmount"));
    }
    value_set_amount(document, "SubTotal", inclusive ? minus(lines, tax) : lines);
    value_set_amount(document, "TotalTax", tax);
    value_set_amount(document, "Total", inclusive ? lines : plus(lines, tax));
}

static struct decimal paid(const json_t *document, struct date *last)
{
    struct decimal sum = decimal_of(0);
    struct date day;
    json_t *payment;
    size_t i;

    *last = (struct date){0};
    json_array_foreach(json_object_get(document, "Payments"), i, payment)
    {
        sum = plus(sum, value_number(payment, "Amount"));
        if (value_day(payment, "Date", &day) && date_compare(day, *last) > 0) {
            *last = day;
        }
    }
    return sum;
}

void totals_pay(struct write *w, struct record *document)
{
    json_t *j = document->json;
    const struct document_kind *kind = document_kind(w->id);
    struct date last;
    struct decimal sum = paid(j, &last), total = value_number(j, "Total");
    struct decimal open = minus(total, sum);
    const char *status = json_path_text(j, "Status");

    if (!kind->due) {
        return;
    }
    value_set_amount(j, kind->due, open);
    if (w->id == INVOICES) {
        value_set_amount(j, "AmountPaid", sum);
        value_set_amount(j, "AmountCredited", decimal_of(0));
    } else {
        value_set_amount(j, "AppliedAmount", sum);
    }
    if (word_in(status, "AUTHORISED PAID")) {
        bool done = decimal_sign(open) == 0;
        value_set_text(j, "Status", done ? "PAID" : "AUTHORISED");
        if (done && last.year) {
            value_set_day(j, "FullyPaidOnDate", last);
            json_object_del(j, "FullyPaidOnDateString");
        } else {
            json_object_del(j, "FullyPaidOnDate");
        }
    }
}
