/* Payments: they close documents, and open them again when they are deleted. */
#include <stdlib.h>

#include "xero.h"

/* What can be paid. */
static const struct {
    enum shelf_id id;
    const char *member, *number, *plus_type, *minus_type;
} targets[] = {
    {INVOICES, "Invoice", "InvoiceNumber", "ACCPAYPAYMENT", "ACCRECPAYMENT"},
    {CREDIT_NOTES, "CreditNote", "CreditNoteNumber", "APCREDITPAYMENT", "ARCREDITPAYMENT"},
};

struct target {
    enum shelf_id id;
    size_t index;
    struct record *document;
};

static bool find_target(const struct write *w, const json_t *payment, struct target *t)
{
    *t = (struct target){.id = SHELVES};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const json_t *reference = json_object_get(payment, targets[i].member);
        const struct shelf *shelf = &w->org->shelves[targets[i].id];
        const char *id = json_path_text(reference, shelf_kinds[targets[i].id].id_field);
        if (json_is_object(reference)) {
            t->id = targets[i].id;
            t->index = i;
            t->document = *id ? shelf_find(shelf, id)
                              : shelf_find_by(shelf, targets[i].number,
                                              json_path_text(reference, targets[i].number), true);
        }
    }
    return t->document != NULL;
}

static const char *currency_of(const struct write *w, const struct record *account)
{
    const struct shelf *organisation = &w->org->shelves[ORGANISATION];
    const char *own = json_path_text(account->json, "CurrencyCode");

    return *own                  ? own
           : organisation->count ? json_path_text(organisation->records[0]->json, "BaseCurrency")
                                 : "";
}

/* What leaves the bank account, in its currency; may be said since June 2026. */
static void check_bank_amount(bool same_currency, struct outcome *o)
{
    struct decimal amount = value_number(o->made, "BankAmount");

    if (!value_has(o->made, "BankAmount")) {
        return;
    }
    if (decimal_sign(amount) <= 0 || decimal_compare(cents(amount), amount) != 0) {
        refuse(o, "The bank amount must be greater than zero, with two decimals at most.");
    } else if (same_currency && decimal_compare(amount, value_number(o->made, "Amount")) != 0) {
        refuse(o, "The bank amount must be the payment amount when both are in one currency.");
    }
}

static void check_account(const struct write *w, const struct target *t, struct outcome *o)
{
    struct record *account = account_find(w->org, json_object_get(o->made, "Account"));
    const struct shelf *organisation = &w->org->shelves[ORGANISATION];
    const char *document_currency, *currency, *base;

    if (!account || strcmp(json_path_text(account->json, "Status"), "ACTIVE") != 0) {
        refuse(o, "Account must be valid.");
        return;
    }
    if (strcmp(json_path_text(account->json, "Type"), "BANK") != 0 &&
        !value_true(account->json, "EnablePaymentsToAccount")) {
        refuse(o,
               "Account code '%s' is not a valid code for this document: payments to it are "
               "not enabled.",
               json_path_text(account->json, "Code"));
    }
    currency = currency_of(w, account);
    document_currency = json_path_text(t->document->json, "CurrencyCode");
    base =
        organisation->count ? json_path_text(organisation->records[0]->json, "BaseCurrency") : "";
    if (strcmp(currency, document_currency) != 0 && strcmp(currency, base) != 0 &&
        strcmp(document_currency, base) != 0) {
        refuse(o, "The currency of the account does not fit the currency of the document.");
    }
    check_bank_amount(strcmp(currency, document_currency) == 0, o);
    json_object_set_new(o->made, "Account",
                        json_pack("{ssssss}", "AccountID", account->id, "Code",
                                  json_path_text(account->json, "Code"), "Name",
                                  json_path_text(account->json, "Name")));
}

static void check_amount(const struct write *w, const struct target *t, struct outcome *o)
{
    struct decimal amount = value_number(o->made, "Amount");
    struct decimal open = value_number(t->document->json, document_kind(t->id)->remaining);

    (void)w;
    if (decimal_sign(amount) <= 0) {
        refuse(o, "The payment amount must be greater than zero.");
    } else if (decimal_compare(cents(amount), amount) != 0) {
        refuse(o, "The payment amount has more than two decimals.");
    } else if (decimal_compare(amount, open) > 0) {
        refuse(o, "Payment amount exceeds the amount outstanding on this document");
    }
}

static void check_document(const struct target *t, struct outcome *o)
{
    const char *status = json_path_text(t->document->json, "Status");

    if (strcmp(status, "PAID") == 0) {
        refuse(o, "Payment amount exceeds the amount outstanding on this document");
    } else if (strcmp(status, "AUTHORISED") != 0) {
        refuse(o, "Invoice not of valid status for creation: a payment can only be made against "
                  "an AUTHORISED document.");
    }
}

static void prepare_delete(struct write *w, const json_t *element, struct outcome *o)
{
    char why[200];

    if (strcmp(json_path_text(element, "Status"), "DELETED") != 0 ||
        json_object_size(element) != 2) {
        refuse(o, "The only change to a payment is its deletion.");
        return;
    }
    o->made = json_deep_copy(o->record->json);
    value_set_text(o->made, "Status", "DELETED");
    if (!payment_delete(w, o->record, why, sizeof why)) {
        refuse(o, "%s", why);
    }
}

void payment_prepare(struct write *w, const json_t *element, struct outcome *o)
{
    const char *id = json_path_text(element, "PaymentID");
    struct target t;
    struct date day;

    if (*id) {
        o->record = w->create ? NULL : shelf_find(&w->org->shelves[PAYMENTS], id);
        o->not_found = !o->record;
        if (o->record) {
            prepare_delete(w, element, o);
        }
        return;
    }
    o->made = json_deep_copy(element);
    if (value_has(element, "Invoice") == value_has(element, "CreditNote")) {
        refuse(o, "A payment needs exactly one of Invoice and CreditNote.");
        return;
    }
    if (!find_target(w, element, &t)) {
        refuse(o, "The document that is to be paid does not exist.");
        return;
    }
    check_document(&t, o);
    check_amount(w, &t, o);
    check_account(w, &t, o);
    if (!value_day(element, "Date", &day)) {
        refuse(o, "A payment needs a Date.");
    } else {
        check_lock_dates(w, day, o);
    }
    if (value_has(element, "Status") &&
        strcmp(json_path_text(element, "Status"), "AUTHORISED") != 0) {
        refuse(o, "Payment not of valid status for creation");
    }
    if (w->twin->switches.drop_payment_reference) {
        json_object_del(o->made, "Reference");
    }
}

/* ---- doing it ---- */

static json_t *summary(const struct record *payment)
{
    static const char *const kept[] = {"PaymentID",    "Date",      "Amount",
                                       "CurrencyRate", "Reference", "IsReconciled"};
    json_t *j = json_object();

    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        json_t *value = json_object_get(payment->json, kept[i]);
        if (value) {
            json_object_set(j, kept[i], value);
        }
    }
    json_object_set_new(j, "HasAccount", json_true());
    json_object_set_new(j, "HasValidationErrors", json_false());
    return j;
}

static json_t *document_summary(const struct target *t)
{
    static const char *const kept[] = {"Type", "CurrencyCode", "Contact"};
    const json_t *from = t->document->json;
    const char *fields[] = {shelf_kinds[t->id].id_field, targets[t->index].number};
    json_t *j = json_object();

    for (size_t i = 0; i < 2; i++) {
        json_object_set(j, fields[i], json_object_get(from, fields[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        json_object_set(j, kept[i], json_object_get(from, kept[i]));
    }
    return j;
}

static void complete(struct write *w, json_t *made, const struct target *t)
{
    bool payable = word_in(json_path_text(t->document->json, "Type"), "ACCPAY ACCPAYCREDIT");
    struct date day;

    if (value_day(made, "Date", &day)) {
        value_set_day(made, "Date", day);
        json_object_del(made, "DateString");
    }
    (void)w;
    value_set_amount(made, "Amount", value_number(made, "Amount"));
    if (!value_has(made, "BankAmount")) {
        value_set_amount(made, "BankAmount", value_number(made, "Amount"));
    }
    if (!value_has(made, "CurrencyRate")) {
        json_object_set(made, "CurrencyRate", json_object_get(t->document->json, "CurrencyRate"));
    }
    if (!value_has(made, "IsReconciled")) {
        json_object_set_new(made, "IsReconciled", json_false());
    }
    value_set_text(made, "Status", "AUTHORISED");
    value_set_text(made, "PaymentType",
                   payable ? targets[t->index].plus_type : targets[t->index].minus_type);
    json_object_set_new(made, "HasAccount", json_true());
    json_object_set_new(made, targets[t->index].member, document_summary(t));
}

static void pay(struct write *w, const struct target *t)
{
    struct write on_document = *w;

    on_document.id = t->id;
    totals_pay(&on_document, t->document);
    record_touch(t->document, twin_now(w->twin));
}

/* Take it off its document. */
static void unpay(struct write *w, const struct record *payment)
{
    struct target t;
    json_t *list, *one;
    size_t i;

    if (!find_target(w, payment->json, &t)) {
        return;
    }
    list = json_object_get(t.document->json, "Payments");
    json_array_foreach(list, i, one)
    {
        if (same_text(json_path_text(one, "PaymentID"), payment->id)) {
            json_array_remove(list, i);
            break;
        }
    }
    pay(w, &t);
}

bool payment_delete(struct write *w, struct record *payment, char *why, size_t why_size)
{
    const json_t *j = payment->json;
    const char *problem = NULL;
    struct outcome o = {0};
    struct date day;

    if (strcmp(json_path_text(j, "Status"), "DELETED") == 0) {
        problem = "Payment not of valid status for modification";
    } else if (value_has(j, "BatchPaymentID") || value_has(j, "BatchPayment")) {
        problem = "The payment is part of a batch payment and cannot be deleted";
    } else if (value_true(j, "IsReconciled")) {
        problem = "The payment has been reconciled and cannot be deleted";
    } else if (value_day(j, "Date", &day)) {
        check_lock_dates(w, day, &o);
        problem = refused(&o) ? json_string_value(json_array_get(o.errors, 0)) : NULL;
    }
    snprintf(why, why_size, "%s", problem ? problem : "");
    json_decref(o.errors);
    return !*why;
}

struct record *payment_apply(struct write *w, struct outcome *o)
{
    json_t *made = o->made;
    char id[CRYPTO_UUID_TEXT];
    struct record *payment;
    struct target t;

    o->made = NULL;
    if (o->record) {
        record_replace(o->record, made, twin_now(w->twin));
        unpay(w, o->record);
        return o->record;
    }
    if (!find_target(w, made, &t)) {
        abort(); /* payment_prepare has found it */
    }
    complete(w, made, &t);
    value_set_text(made, "PaymentID", crypto_uuid(id));
    payment = shelf_add(&w->org->shelves[PAYMENTS], id, made, twin_now(w->twin));
    if (!value_has(t.document->json, "Payments")) {
        json_object_set_new(t.document->json, "Payments", json_array());
    }
    json_array_append_new(json_object_get(t.document->json, "Payments"), summary(payment));
    pay(w, &t);
    return payment;
}
