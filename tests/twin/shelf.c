#include "shelf.h"

#include <ctype.h>
#include <strings.h>

#include "values.h"

#define SETTINGS "accounting.settings"

/* clang-format off: a table */
const struct shelf_kind shelf_kinds[SHELVES] = {
    [ORGANISATION] = {"Organisations", "Organisation", "OrganisationID", "organisation",
                      "Organisation", SETTINGS, false},
    [CURRENCIES] = {"Currencies", "Currencies", "Code", "currencies", "Currency", SETTINGS, false},
    [ACCOUNTS] = {"Accounts", "Accounts", "AccountID", "accounts", "Account", SETTINGS, false},
    [TAX_RATES] = {"TaxRates", "TaxRates", "TaxType", "tax_rates", "TaxRate", SETTINGS, false},
    [TRACKING] = {"TrackingCategories", "TrackingCategories", "TrackingCategoryID", "tracking",
                  "TrackingCategory", SETTINGS, false},
    [CONTACTS] = {"Contacts", "Contacts", "ContactID", "contacts", "Contact", "accounting.contacts",
                  true},
    [INVOICES] = {"Invoices", "Invoices", "InvoiceID", "invoices", "Invoice", "accounting.invoices",
                  true},
    [CREDIT_NOTES] = {"CreditNotes", "CreditNotes", "CreditNoteID", "credit_notes", "CreditNote",
                      "accounting.invoices", true},
    [PAYMENTS] = {"Payments", "Payments", "PaymentID", "payments", "Payment", "accounting.payments",
                  true},
    [BANK_TRANSACTIONS] = {"BankTransactions", "BankTransactions", "BankTransactionID",
                           "bank_transactions", "BankTransaction", "accounting.banktransactions",
                           true},
    [ATTACHMENTS] = {"Attachments", "Attachments", "AttachmentID", "attachments", "Attachment",
                     "accounting.attachments", false},
};
/* clang-format on */

enum shelf_id shelf_named(const char *name)
{
    for (int i = 0; i < SHELVES; i++) {
        if (strcmp(shelf_kinds[i].name, name) == 0 || strcmp(shelf_kinds[i].endpoint, name) == 0) {
            return (enum shelf_id)i;
        }
    }
    return SHELVES;
}

void shelf_init(struct shelf *shelf)
{
    *shelf = (struct shelf){.by_id = dict_new()};
}

void shelf_done(struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        json_decref(shelf->records[i]->json);
        buffer_done(&shelf->records[i]->bytes);
        memory_free(shelf->records[i]->id);
        memory_free(shelf->records[i]);
    }
    memory_free(shelf->records);
    dict_free(shelf->by_id);
    *shelf = (struct shelf){0};
}

/* Ids are compared without regard to case. */
static struct text folded(const char *id, char out[128])
{
    size_t i = 0;

    for (; id[i] && i < 127; i++) {
        out[i] = (char)tolower((unsigned char)id[i]);
    }
    out[i] = '\0';
    return (struct text){out, i};
}

struct record *shelf_add(struct shelf *shelf, const char *id, json_t *json, int64_t now_ms)
{
    struct record *record = memory_new(1, sizeof *record);
    char key[128];

    *record = (struct record){.json = json, .id = memory_copy_text(id)};
    record_touch(record, now_ms);
    memory_grow(&shelf->records, &shelf->capacity, shelf->count, sizeof(struct record *));
    shelf->records[shelf->count++] = record;
    dict_set(shelf->by_id, folded(id, key), record);
    return record;
}

struct record *shelf_find(const struct shelf *shelf, const char *id)
{
    char key[128];

    return id ? dict_get(shelf->by_id, folded(id, key)) : NULL;
}

struct record *shelf_find_by(const struct shelf *shelf, const char *path, const char *value,
                             bool any_case)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const char *there = json_path_text(shelf->records[i]->json, path);
        if (*there && (any_case ? strcasecmp(there, value) : strcmp(there, value)) == 0) {
            return shelf->records[i];
        }
    }
    return NULL;
}

void record_replace(struct record *record, json_t *json, int64_t now_ms)
{
    json_decref(record->json);
    record->json = json;
    record_touch(record, now_ms);
}

void record_touch(struct record *record, int64_t now_ms)
{
    record->updated_ms = now_ms;
    value_set_instant(record->json, "UpdatedDateUTC", now_ms);
}
