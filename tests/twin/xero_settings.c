/* Settings: accounts, currencies, tax rates; one object in one request. */
#include "xero.h"

/* The one element of a body; NULL: the reply is ready. */
static json_t *only_element(struct twin *twin, struct request *q, struct reply *r, enum shelf_id id)
{
    json_t *list = xero_elements(twin, q, r, shelf_kinds[id].name, shelf_kinds[id].element);
    json_t *one;

    if (list && json_array_size(list) != 1) {
        xero_reply_error(r, 17, "Only one element can be written in one request", NULL);
        json_decref(list);
        return NULL;
    }
    one = json_incref(json_array_get(list, 0));
    json_decref(list);
    return one;
}

static void reply_record(struct twin *twin, struct request *q, struct reply *r, enum shelf_id id,
                         const struct record *record)
{
    json_t *list = json_array();

    json_array_append_new(list, xero_view(twin, q->org, id, record));
    xero_reply_list(twin, r, shelf_kinds[id].name, list, NULL);
}

static void reply_invalid(struct twin *twin, struct reply *r, enum shelf_id id,
                          const json_t *element, const char *message)
{
    json_t *j = json_deep_copy(element);
    json_t *list = json_array();

    json_object_set_new(j, "ValidationErrors", json_pack("[{ss}]", "Message", message));
    json_array_append_new(list, j);
    xero_reply_error(r, 10, "A validation exception occurred", list);
    record_event(twin, "invalid", "%s: %s", shelf_kinds[id].name, message);
}

/* ---- accounts ---- */

static const struct {
    const char *types, *class_name;
} classes[] = {{"BANK CURRENT FIXED INVENTORY NONCURRENT PREPAYMENT", "ASSET"},
               {"CURRLIAB LIABILITY TERMLIAB PAYG", "LIABILITY"},
               {"DEPRECIATN DIRECTCOSTS EXPENSE OVERHEADS", "EXPENSE"},
               {"OTHERINCOME REVENUE SALES", "REVENUE"},
               {"EQUITY", "EQUITY"}};

static const char *class_of(const char *type)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (word_in(type, classes[i].types)) {
            return classes[i].class_name;
        }
    }
    return NULL;
}

static bool taken(const struct organisation *org, const char *field, const char *value,
                  const struct record *self)
{
    struct record *other =
        *value ? shelf_find_by(&org->shelves[ACCOUNTS], field, value, true) : NULL;

    return other && other != self;
}

static const char *bank_problem(const struct organisation *org, const json_t *made)
{
    const char *currency = json_path_text(made, "CurrencyCode");

    if (strcmp(json_path_text(made, "Type"), "BANK") != 0) {
        return *json_path_text(made, "Code") ? NULL : "The account code must be specified.";
    }
    if (!word_in(json_path_text(made, "BankAccountType"), "BANK PAYPAL NONE") &&
        *json_path_text(made, "BankAccountType")) {
        return "The Bank Account Number must contain a 6-digit BSB code and account number";
    }
    if (!*json_path_text(made, "BankAccountNumber")) {
        return "A bank account number must be specified.";
    }
    return *currency && !shelf_find(&org->shelves[CURRENCIES], currency)
               ? "Organisation is not subscribed to the currency of the account"
               : NULL;
}

static const char *account_problem(const struct organisation *org, const json_t *made,
                                   const struct record *self)
{
    if (!*json_path_text(made, "Name") || taken(org, "Name", json_path_text(made, "Name"), self)) {
        return "Please enter a unique Name.";
    }
    if (taken(org, "Code", json_path_text(made, "Code"), self)) {
        return "Please enter a unique Code.";
    }
    if (!class_of(json_path_text(made, "Type"))) {
        return "The account type is not valid.";
    }
    if (self && value_has(self->json, "SystemAccount") &&
        *json_path_text(self->json, "SystemAccount") &&
        strcmp(json_path_text(made, "Status"), "ACTIVE") != 0) {
        return "A system account cannot be archived.";
    }
    return bank_problem(org, made);
}

void xero_put_account(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *element = only_element(twin, q, r, ACCOUNTS);
    const char *problem;
    char id[CRYPTO_UUID_TEXT];
    json_t *made;

    if (!element) {
        return;
    }
    problem = value_has(element, "AccountID") ? "An id cannot be given when creating."
                                              : account_problem(q->org, element, NULL);
    if (problem) {
        reply_invalid(twin, r, ACCOUNTS, element, problem);
        return;
    }
    made = json_deep_copy(element);
    value_set_text(made, "AccountID", crypto_uuid(id));
    value_set_text(made, "Status", "ACTIVE");
    value_set_text(made, "Class", class_of(json_path_text(made, "Type")));
    if (strcmp(json_path_text(made, "Type"), "BANK") == 0 && !value_has(made, "CurrencyCode")) {
        const json_t *organisation = q->org->shelves[ORGANISATION].records[0]->json;
        json_object_set(made, "CurrencyCode", json_object_get(organisation, "BaseCurrency"));
    }
    reply_record(twin, q, r, ACCOUNTS,
                 shelf_add(&q->org->shelves[ACCOUNTS], id, made, twin_now(twin)));
}

void xero_post_account(struct twin *twin, struct request *q, struct reply *r)
{
    struct record *account = shelf_find(&q->org->shelves[ACCOUNTS], q->parts[0]);
    AUTO_JSON json_t *element = NULL, *made = NULL;
    const char *problem;

    if (!account) {
        xero_reply_not_found(r);
        return;
    }
    element = only_element(twin, q, r, ACCOUNTS);
    if (!element) {
        return;
    }
    made = json_deep_copy(account->json);
    json_object_update(made, element);
    value_set_text(made, "AccountID", account->id);
    problem = account_problem(q->org, made, account);
    if (problem) {
        reply_invalid(twin, r, ACCOUNTS, element, problem);
        return;
    }
    record_replace(account, json_deep_copy(made), twin_now(twin));
    reply_record(twin, q, r, ACCOUNTS, account);
}

/* ---- currencies and tax rates ---- */

void xero_put_currency(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *element = only_element(twin, q, r, CURRENCIES);
    const char *code = json_path_text(element, "Code");
    struct record *record;

    if (!element) {
        return;
    }
    record = shelf_find(&q->org->shelves[CURRENCIES], code);
    if (strlen(code) != 3 || record) {
        reply_invalid(twin, r, CURRENCIES, element,
                      record ? "This currency is already in use." : "The currency is not valid.");
        return;
    }
    record = shelf_add(&q->org->shelves[CURRENCIES], code, json_deep_copy(element), twin_now(twin));
    json_object_del(record->json, "UpdatedDateUTC");
    reply_record(twin, q, r, CURRENCIES, record);
}

static void finish_rate(json_t *made)
{
    struct decimal sum = decimal_of(0);
    json_t *component;
    size_t i;

    json_array_foreach(json_object_get(made, "TaxComponents"), i, component)
    {
        sum = plus(sum, value_number(component, "Rate"));
    }
    value_set_amount(made, "EffectiveRate", sum);
    value_set_amount(made, "DisplayTaxRate", sum);
    if (!value_has(made, "Status")) {
        value_set_text(made, "Status", "ACTIVE");
    }
}

void xero_write_tax_rate(struct twin *twin, struct request *q, struct reply *r)
{
    static const char *const flags[] = {"CanApplyToAssets", "CanApplyToEquity",
                                        "CanApplyToExpenses", "CanApplyToLiabilities",
                                        "CanApplyToRevenue"};
    AUTO_JSON json_t *element = only_element(twin, q, r, TAX_RATES);
    struct shelf *shelf = &q->org->shelves[TAX_RATES];
    struct record *record;
    json_t *made;
    char type[32];

    if (!element) {
        return;
    }
    record = shelf_find_by(shelf, "Name", json_path_text(element, "Name"), true);
    if (!value_has(element, "Name") || (record != NULL) == (q->method[1] == 'U')) {
        reply_invalid(twin, r, TAX_RATES, element, "Please enter a unique Name.");
        return;
    }
    made = record ? json_deep_copy(record->json) : json_object();
    json_object_update(made, element);
    finish_rate(made);
    if (record) {
        record_replace(record, made, twin_now(twin));
    } else {
        snprintf(type, sizeof type, "TAX%03zu", shelf->count + 1);
        value_set_text(made, "TaxType", type);
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
            json_object_set_new(made, flags[i], json_true());
        }
        record = shelf_add(shelf, type, made, twin_now(twin));
    }
    reply_record(twin, q, r, TAX_RATES, record);
}

/* ---- what a user may do, notes ---- */

void xero_actions(struct twin *twin, struct request *q, struct reply *r)
{
    static const char *const names[] = {"CreateDraftBill",      "CreateApprovedBill",
                                        "CreateDraftInvoice",   "CreateInvoicePayment",
                                        "UseMulticurrency",     "AttachFilesIntoInvoice",
                                        "CreateManualJournal",  "CreateApprovedPurchaseOrder",
                                        "CreateBankTransaction"};
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_array_append_new(list, json_pack("{ssss}", "Name", names[i], "Status", "ALLOWED"));
    }
    (void)q;
    xero_reply_list(twin, r, "Actions", list, NULL);
}

void xero_history(struct twin *twin, struct request *q, struct reply *r)
{
    enum shelf_id id = shelf_named(q->parts[0]);
    struct record *record = id == SHELVES ? NULL : shelf_find(&q->org->shelves[id], q->parts[1]);
    json_t *notes, *given;

    if (!record) {
        xero_reply_not_found(r);
        return;
    }
    notes = json_object_get(record->json, "_history");
    if (!notes) {
        notes = json_array();
        json_object_set_new(record->json, "_history", notes);
    }
    if (q->method[0] == 'P') {
        given = xero_elements(twin, q, r, "HistoryRecords", "HistoryRecord");
        if (!given) {
            return;
        }
        json_array_extend(notes, given);
        json_decref(given);
    }
    xero_reply_list(twin, r, "HistoryRecords", json_deep_copy(notes), NULL);
}
