/* Bills, invoices, credit notes and bank transactions: one life, described by a row each. */
#include "xero.h"

/* clang-format off: a table */
static const struct document_kind kinds[] = {
    {INVOICES, "ACCPAY ACCREC", "Exclusive", "DRAFT", "DRAFT SUBMITTED AUTHORISED", "AmountDue",
     "AmountDue", true},
    {CREDIT_NOTES, "ACCPAYCREDIT ACCRECCREDIT", "Exclusive", "DRAFT", "DRAFT SUBMITTED AUTHORISED",
     "RemainingCredit", "RemainingCredit", true},
    {BANK_TRANSACTIONS, "SPEND RECEIVE", "Inclusive", "AUTHORISED", "AUTHORISED", NULL, NULL,
     false},
};

/* What a status may become. */
static const struct {
    enum shelf_id id;
    const char *from, *to;
} steps[] = {
    {INVOICES, "DRAFT", "DRAFT SUBMITTED AUTHORISED DELETED"},
    {INVOICES, "SUBMITTED", "DRAFT SUBMITTED AUTHORISED DELETED"},
    {INVOICES, "AUTHORISED", "AUTHORISED VOIDED"},
    {INVOICES, "PAID", "PAID"},
    {CREDIT_NOTES, "DRAFT", "DRAFT SUBMITTED AUTHORISED DELETED"},
    {CREDIT_NOTES, "SUBMITTED", "DRAFT SUBMITTED AUTHORISED DELETED"},
    {CREDIT_NOTES, "AUTHORISED", "AUTHORISED VOIDED"},
    {CREDIT_NOTES, "PAID", "PAID"},
    {BANK_TRANSACTIONS, "AUTHORISED", "AUTHORISED DELETED"},
};
/* clang-format on */

/* What may still change on a document that is paid. */
static const char not_financial[] = "InvoiceID CreditNoteID Type Status InvoiceNumber Reference "
                                    "DueDate Url PlannedPaymentDate ExpectedPaymentDate Contact";

const struct document_kind *document_kind(enum shelf_id id)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].id == id) {
            return &kinds[i];
        }
    }
    return NULL;
}

static bool step_allowed(enum shelf_id id, const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].id == id && strcmp(steps[i].from, from) == 0) {
            return word_in(to, steps[i].to);
        }
    }
    return false;
}

/* ---- status ---- */

static bool touches_money(const json_t *element)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)element, name, value)
    {
        if (!word_in(name, not_financial)) {
            return true;
        }
    }
    return false;
}

static void check_new_status(const struct write *w, struct outcome *o)
{
    const struct document_kind *kind = document_kind(w->id);

    if (!value_has(o->made, "Status")) {
        value_set_text(o->made, "Status", kind->new_status);
    }
    if (!word_in(json_path_text(o->made, "Status"), kind->new_statuses)) {
        refuse(o, "Invoice not of valid status for creation");
    }
}

static void check_step(const struct write *w, const json_t *element, struct outcome *o)
{
    const char *from = json_path_text(o->record->json, "Status");
    const char *to = value_has(element, "Status") ? json_path_text(element, "Status") : from;
    bool has_payments = json_array_size(json_object_get(o->record->json, "Payments")) > 0;
    bool removes = word_in(to, "VOIDED DELETED");

    if (has_payments && removes) {
        refuse(o,
               "The status %s cannot be applied to the invoice because it has payments or credit "
               "notes allocated to it.",
               to);
    } else if (!step_allowed(w->id, from, to)) {
        refuse(o, "Invoice not of valid status for modification");
    } else if ((has_payments || strcmp(from, "PAID") == 0) && touches_money(element)) {
        refuse(o, "This document cannot be edited as it has a payment or credit note allocated "
                  "to it.");
    } else if (value_true(o->record->json, "IsReconciled")) {
        refuse(o, "This bank transaction has been reconciled and cannot be edited.");
    }
}

/* ---- fields ---- */

static const char *const plain_fields[] = {
    "Type",      "LineAmountTypes", "InvoiceNumber", "CreditNoteNumber",
    "Reference", "CurrencyCode",    "CurrencyRate",  "Status",
    "Url",       "BrandingThemeID", "SentToContact", "IsReconciled",
    NULL};
static const char *const day_fields[] = {"Date", "DueDate", "ExpectedPaymentDate",
                                         "PlannedPaymentDate", NULL};

static void take_fields(const json_t *element, struct outcome *o)
{
    struct date day;

    for (size_t i = 0; plain_fields[i]; i++) {
        json_t *value = json_object_get(element, plain_fields[i]);
        if (value) {
            json_object_set_new(o->made, plain_fields[i], json_deep_copy(value));
        }
    }
    for (size_t i = 0; day_fields[i]; i++) {
        if (value_day(element, day_fields[i], &day)) {
            value_set_day(o->made, day_fields[i], day);
        }
    }
    /* a supplier's bill has no field for it */
    if (word_in(json_path_text(o->made, "Type"), "ACCPAY ACCPAYCREDIT")) {
        json_object_del(o->made, "Reference");
    }
}

static void check_dates(const struct write *w, struct outcome *o)
{
    struct date day, due;

    if (!value_day(o->made, "Date", &day)) {
        day = instant_day_utc(twin_now(w->twin));
        value_set_day(o->made, "Date", day);
    }
    if (w->id == INVOICES && strcmp(json_path_text(o->made, "Status"), "AUTHORISED") == 0 &&
        !value_day(o->made, "DueDate", &due)) {
        refuse(o, "A due date is required for an approved invoice.");
    }
    check_lock_dates(w, day, o);
    if (o->record && value_day(o->record->json, "Date", &due) && date_compare(due, day) != 0) {
        check_lock_dates(w, due, o);
    }
}

static void check_type(const struct write *w, struct outcome *o)
{
    const char *type = json_path_text(o->made, "Type");

    if (!word_in(type, document_kind(w->id)->types)) {
        refuse(o, "The document type is not valid.");
    }
    if (o->record && strcmp(type, json_path_text(o->record->json, "Type")) != 0) {
        refuse(o, "The document type cannot be changed.");
    }
    if (!value_has(o->made, "LineAmountTypes")) {
        value_set_text(o->made, "LineAmountTypes", document_kind(w->id)->amounts);
    }
    if (!word_in(json_path_text(o->made, "LineAmountTypes"), "Exclusive Inclusive NoTax")) {
        refuse(o, "LineAmountTypes must be Exclusive, Inclusive or NoTax.");
    }
}

/* Numbers of sales documents are unique; suppliers' may repeat. */
static void check_number(const struct write *w, struct outcome *o)
{
    const char *field = w->id == INVOICES ? "InvoiceNumber" : "CreditNoteNumber";
    const char *number = json_path_text(o->made, field);
    const struct shelf *shelf = &w->org->shelves[w->id];

    if (!*number || !word_in(json_path_text(o->made, "Type"), "ACCREC ACCRECCREDIT")) {
        return;
    }
    for (size_t i = 0; i < shelf->count; i++) {
        const json_t *other = shelf->records[i]->json;
        if (shelf->records[i] != o->record && same_text(json_path_text(other, field), number) &&
            strcmp(json_path_text(other, "Type"), json_path_text(o->made, "Type")) == 0 &&
            !word_in(json_path_text(other, "Status"), "VOIDED DELETED")) {
            refuse(o, "%s # must be unique.", w->id == INVOICES ? "Invoice" : "Credit Note");
            return;
        }
    }
}

static void check_bank(const struct write *w, const json_t *element, struct outcome *o)
{
    struct record *account;

    if (w->id != BANK_TRANSACTIONS || (o->record && !value_has(element, "BankAccount"))) {
        return;
    }
    account = account_find(w->org, json_object_get(element, "BankAccount"));
    if (!account || strcmp(json_path_text(account->json, "Type"), "BANK") != 0 ||
        strcmp(json_path_text(account->json, "Status"), "ACTIVE") != 0) {
        refuse(o, "Account must be valid. The bank account is not an active account of type BANK.");
        return;
    }
    json_object_set_new(o->made, "BankAccount",
                        json_pack("{ssss*ss*}", "AccountID", account->id, "Code",
                                  json_path_text(account->json, "Code"), "Name",
                                  json_path_text(account->json, "Name")));
    if (value_has(account->json, "CurrencyCode")) {
        json_object_set(o->made, "CurrencyCode", json_object_get(account->json, "CurrencyCode"));
    }
}

static const char *const totals[] = {"SubTotal", "TotalTax", "Total"};

static void check_totals(const struct write *w, const json_t *element, struct outcome *o)
{
    totals_set(w, o->made);
    for (size_t i = 0; i < 3; i++) {
        if (value_has(element, totals[i]) &&
            decimal_compare(value_number(element, totals[i]), value_number(o->made, totals[i])) !=
                0) {
            refuse(o, "The invoice total does not equal the sum of the lines.");
        }
    }
    if (decimal_sign(value_number(o->made, "Total")) < 0 ||
        (w->id == BANK_TRANSACTIONS && decimal_sign(value_number(o->made, "Total")) == 0)) {
        refuse(o, "The document total must not be negative.");
    }
}

/* ---- the whole ---- */

static bool find_record(struct write *w, const json_t *element, struct outcome *o)
{
    const char *id = json_path_text(element, shelf_kinds[w->id].id_field);
    const char *number = json_path_text(element, "InvoiceNumber");

    if (*id && w->create) {
        refuse(o, "An id cannot be given when creating.");
        return false;
    }
    o->record = *id ? shelf_find(&w->org->shelves[w->id], id) : NULL;
    if (!*id && !w->create && *number && strcmp(json_path_text(element, "Type"), "ACCREC") == 0) {
        o->record = shelf_find_by(&w->org->shelves[w->id], "InvoiceNumber", number, true);
    }
    o->not_found = *id && !o->record;
    return !o->not_found;
}

void document_prepare(struct write *w, const json_t *element, struct outcome *o)
{
    if (!find_record(w, element, o)) {
        return;
    }
    o->made = o->record ? json_deep_copy(o->record->json) : json_object();
    if (o->record) {
        check_step(w, element, o);
    }
    take_fields(element, o);
    if (!o->record) {
        check_new_status(w, o);
    }
    check_type(w, o);
    if (refused(o)) {
        return;
    }
    check_dates(w, o);
    if (word_in(json_path_text(o->made, "Status"), "VOIDED DELETED")) {
        return; /* what it holds no longer counts */
    }
    check_contact(w, element, o);
    check_bank(w, element, o);
    check_currency(w, o);
    check_number(w, o);
    check_url(w, o);
    lines_prepare(w, element, o);
    check_totals(w, element, o);
}

/* A contact that was only named is made now. */
static void settle_contact(struct write *w, json_t *document, const char *name)
{
    struct record *contact;
    char id[CRYPTO_UUID_TEXT];

    contact = shelf_find_by(&w->org->shelves[CONTACTS], "Name", name, true);
    if (!contact) {
        json_t *j = json_object();
        value_set_text(j, "ContactID", crypto_uuid(id));
        value_set_text(j, "Name", name);
        value_set_text(j, "ContactStatus", "ACTIVE");
        contact = shelf_add(&w->org->shelves[CONTACTS], id, j, twin_now(w->twin));
        record_event(w->twin, "contact", "made by a document: %s", name);
    }
    json_object_set_new(document, "Contact", contact_summary(contact));
}

static void mark_contact(struct write *w, const json_t *document)
{
    struct record *contact =
        shelf_find(&w->org->shelves[CONTACTS], json_path_text(document, "Contact.ContactID"));
    bool supplier = word_in(json_path_text(document, "Type"), "ACCPAY ACCPAYCREDIT");

    /* set by use; does not move UpdatedDateUTC */
    if (contact && w->id != BANK_TRANSACTIONS) {
        json_object_set_new(contact->json, supplier ? "IsSupplier" : "IsCustomer", json_true());
    }
}

static void clear_removed(const struct write *w, json_t *document)
{
    const char *due = document_kind(w->id)->due;

    if (due && word_in(json_path_text(document, "Status"), "VOIDED DELETED")) {
        value_set_amount(document, due, decimal_of(0));
    }
}

struct record *document_apply(struct write *w, struct outcome *o)
{
    json_t *made = o->made;
    const char *id_field = shelf_kinds[w->id].id_field;
    struct record *record = o->record;
    char id[CRYPTO_UUID_TEXT];
    int64_t now = twin_now(w->twin);

    o->made = NULL;
    if (!json_path(made, "Contact.ContactID")) {
        settle_contact(w, made, json_path_text(made, "Contact.Name"));
    }
    if (record) {
        record_replace(record, made, now);
    } else {
        value_set_text(made, id_field, crypto_uuid(id));
        json_object_set_new(made, "HasAttachments", json_false());
        json_object_set_new(made, "Payments", json_array());
        record = shelf_add(&w->org->shelves[w->id], id, made, now);
    }
    mark_contact(w, record->json);
    totals_pay(w, record);
    clear_removed(w, record->json);
    return record;
}
