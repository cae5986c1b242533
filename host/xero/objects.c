/* Facts per object, as data. */
#include "xero/xero.h"

/* clang-format off: a table */
#define API      "/api.xro/2.0/"
#define SETTINGS "accounting.settings"
static const struct xero_object objects[] = {
    {.name = "Organisation",
     .list = "xero.Organisation",
     .endpoint = API "Organisation",
     .id_field = "OrganisationID",
     .create_method = "",
     .update_method = "",
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "",
     .remove_booked = ""},
    {.name = "Currencies",
     .list = "xero.Currencies",
     .endpoint = API "Currencies",
     .id_field = "Code",
     .mark = XERO_MARK_KEY,
     .mark_field = "Code",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "",
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "",
     .remove_booked = ""},
    {.name = "Accounts",
     .list = "xero.Accounts",
     .endpoint = API "Accounts",
     .id_field = "AccountID",
     .mark = XERO_MARK_KEY,
     .mark_field = "Name",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "POST",
     .modified_since = true,
     .scope = SETTINGS,
     .link = "Bank/BankTransactions.aspx?accountID=",
     .remove_draft = "ARCHIVED",
     .remove_booked = "ARCHIVED"},
    {.name = "TaxRates",
     .list = "xero.TaxRates",
     .endpoint = API "TaxRates",
     .id_field = "TaxType",
     .mark = XERO_MARK_KEY,
     .mark_field = "Name",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "DELETED",
     .remove_booked = "DELETED"},
    {.name = "TrackingCategories",
     .list = "xero.TrackingCategories",
     .endpoint = API "TrackingCategories",
     .id_field = "TrackingCategoryID",
     .mark = XERO_MARK_KEY,
     .mark_field = "Name",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "POST",
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "ARCHIVED",
     .remove_booked = "ARCHIVED"},
    {.name = "Options",
     .list = "xero.TrackingOptions",
     .endpoint = API "TrackingCategories",
     .id_field = "TrackingOptionID",
     .mark = XERO_MARK_KEY,
     .mark_field = "Name",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "POST",
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "ARCHIVED",
     .remove_booked = "ARCHIVED"},
    {.name = "Contacts",
     .list = "xero.Contacts",
     .endpoint = API "Contacts",
     .id_field = "ContactID",
     .mark = XERO_MARK_KEY,
     .mark_field = "Name",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.contacts",
     .link = "Contacts/View/",
     .remove_draft = "ARCHIVED",
     .remove_booked = "ARCHIVED"},
    {.name = "Items",
     .list = "xero.Items",
     .endpoint = API "Items",
     .id_field = "ItemID",
     .mark = XERO_MARK_KEY,
     .mark_field = "Code",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .modified_since = true,
     .scope = SETTINGS,
     .link = "",
     .remove_draft = "",
     .remove_booked = ""},
    {.name = "Invoices",
     .list = "xero.Invoices",
     .endpoint = API "Invoices",
     .id_field = "InvoiceID",
     .mark = XERO_MARK_URL,
     .mark_field = "Url",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.invoices",
     .link = "View.aspx?InvoiceID=",
     .remove_draft = "DELETED",
     .remove_booked = "VOIDED"},
    {.name = "CreditNotes",
     .list = "xero.CreditNotes",
     .endpoint = API "CreditNotes",
     .id_field = "CreditNoteID",
     .mark = XERO_MARK_FIELD,
     .mark_field = "CreditNoteNumber",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.invoices",
     .link = "ViewCreditNote.aspx?creditNoteID=",
     .remove_draft = "DELETED",
     .remove_booked = "VOIDED"},
    {.name = "Payments",
     .list = "xero.Payments",
     .endpoint = API "Payments",
     .id_field = "PaymentID",
     .mark = XERO_MARK_FIELD,
     .mark_field = "Reference",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.payments",
     .link = "",
     .remove_draft = "DELETED",
     .remove_booked = "DELETED"},
    {.name = "BankTransactions",
     .list = "xero.BankTransactions",
     .endpoint = API "BankTransactions",
     .id_field = "BankTransactionID",
     .mark = XERO_MARK_URL,
     .mark_field = "Url",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.banktransactions",
     .link = "Bank/ViewTransaction.aspx?bankTransactionID=",
     .remove_draft = "DELETED",
     .remove_booked = "DELETED"},
    {.name = "BankTransfers",
     .list = "xero.BankTransfers",
     .endpoint = API "BankTransfers",
     .id_field = "BankTransferID",
     .mark = XERO_MARK_FIELD,
     .mark_field = "Reference",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "",
     .enveloped = true,
     .modified_since = true,
     .scope = "accounting.banktransactions",
     .link = "",
     .remove_draft = "DELETED",
     .remove_booked = "DELETED"},
    {.name = "ManualJournals",
     .list = "xero.ManualJournals",
     .endpoint = API "ManualJournals",
     .id_field = "ManualJournalID",
     .mark = XERO_MARK_URL,
     .mark_field = "Url",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.manualjournals",
     .link = "Journal/View.aspx?invoiceID=",
     .remove_draft = "DELETED",
     .remove_booked = "VOIDED"},
    {.name = "PurchaseOrders",
     .list = "xero.PurchaseOrders",
     .endpoint = API "PurchaseOrders",
     .id_field = "PurchaseOrderID",
     .mark = XERO_MARK_FIELD,
     .mark_field = "Reference",
     .batch_max = 50,
     .create_method = "PUT",
     .update_method = "POST",
     .enveloped = true,
     .summarize = true,
     .paged = true,
     .modified_since = true,
     .scope = "accounting.invoices",
     .link = "Accounts/Payable/PurchaseOrders/View/",
     .remove_draft = "DELETED",
     .remove_booked = "DELETED"},
    {.name = "Attachments",
     .list = "xero.Attachments",
     .endpoint = "",
     .id_field = "AttachmentID",
     .mark = XERO_MARK_FILE,
     .mark_field = "FileName",
     .batch_max = 1,
     .create_method = "PUT",
     .update_method = "",
     .scope = "accounting.attachments",
     .link = "",
     .remove_draft = "",
     .remove_booked = ""},
};
#define OBJECT_COUNT (sizeof objects / sizeof *objects)

/* The broad scope of old apps that covers a granular one; both work until 13 September 2027. */
static const struct {
    const char *granular, *broad;
} broad_scopes[] = {
    {"accounting.invoices", "accounting.transactions"},
    {"accounting.payments", "accounting.transactions"},
    {"accounting.banktransactions", "accounting.transactions"},
    {"accounting.manualjournals", "accounting.transactions"},
};
/* clang-format on */

const struct xero_object *xero_object_find(const char *list)
{
    for (size_t i = 0; i < OBJECT_COUNT; i++) {
        if (strcmp(objects[i].list, list) == 0) {
            return &objects[i];
        }
    }
    return NULL;
}

size_t xero_object_count(void)
{
    return OBJECT_COUNT;
}

const struct xero_object *xero_object_at(size_t index)
{
    return index < OBJECT_COUNT ? &objects[index] : NULL;
}

/* ---- scopes --------------------------------------------------------------------------------- */

static bool has_scope(const char *scopes, const char *scope, bool write)
{
    struct text rest = text_of(scopes);

    while (rest.size > 0) {
        struct text word = text_split(&rest, ' ');
        bool reads = text_ends(word, ".read");
        if (reads && !write) {
            word.size -= 5;
        }
        if (text_is(word, scope)) {
            return true;
        }
    }
    return false;
}

bool xero_scope_allows(const char *scopes, const struct xero_object *object, bool write)
{
    if (has_scope(scopes, object->scope, write)) {
        return true;
    }
    for (size_t i = 0; i < sizeof broad_scopes / sizeof *broad_scopes; i++) {
        if (strcmp(broad_scopes[i].granular, object->scope) == 0 &&
            has_scope(scopes, broad_scopes[i].broad, write)) {
            return true;
        }
    }
    return false;
}

/* ---- for people ----------------------------------------------------------------------------- */

/* Bills and sales invoices have a house each. */
static const char *side_of(const char *type)
{
    if (text_starts(text_of(type), "ACCPAY")) {
        return "AccountsPayable/";
    }
    return text_starts(text_of(type), "ACCREC") ? "AccountsReceivable/" : "";
}

const char *xero_link(const struct xero_object *object, const char *type, const char *short_code,
                      const char *id, struct arena *arena)
{
    bool has_house = strchr(object->link, '/') != NULL;

    if (!object->link[0] || !id[0] || (!has_house && !side_of(type)[0])) {
        return "";
    }
    if (!short_code || !short_code[0]) {
        return arena_printf(arena, "https://go.xero.com/%s%s%s", has_house ? "" : side_of(type),
                            object->link, id);
    }
    return arena_printf(
        arena,
        "https://go.xero.com/organisationlogin/default.aspx?shortcode=%s&redirecturl=/%s%s%s",
        short_code, has_house ? "" : side_of(type), object->link, id);
}

bool xero_is_taken_away(const char *status)
{
    return strcmp(status, "VOIDED") == 0 || strcmp(status, "DELETED") == 0;
}

const char *xero_remove_status(const struct xero_object *object, const char *status_now)
{
    if (xero_is_taken_away(status_now) || strcmp(status_now, "ARCHIVED") == 0) {
        return "";
    }
    bool draft = strcmp(status_now, "DRAFT") == 0 || strcmp(status_now, "SUBMITTED") == 0;
    return draft ? object->remove_draft : object->remove_booked;
}
