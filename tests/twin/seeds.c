/* The world as it is at the start, from files; again after every reset. */
#include <errno.h>

#include "xero.h"

#define FILE_MAX ((size_t)512 << 20) /* 100,000 expenses are 240 MB */

int64_t twin_now(const struct twin *twin)
{
    return clock_wall_ms(twin->clock);
}

/* ---- files ---- */

/* False only when it is there and wrong; *ret NULL: no such file. */
static bool read_seed(const char *folder, const char *name, json_t **ret, struct error *err)
{
    AUTO(buffer_done) struct buffer b = {0};
    char path[4096], chunk[65536];
    size_t n;
    FILE *f;

    *ret = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "re");
    if (!f) {
        return errno == ENOENT ||
               error_set(err, ERROR_CONFIG, "seed", "%s: %s", path, strerror(errno));
    }
    buffer_init(&b, FILE_MAX);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) {
        buffer_add(&b, chunk, n);
    }
    fclose(f);
    return json_read(buffer_text(&b), JSON_DEPTH_MAX, ret, err) || error_at(err, "%s", path);
}

/* ---- Xero ---- */

/* What a seed may leave out. */
static void complete(enum shelf_id id, json_t *j)
{
    const char *id_field = shelf_kinds[id].id_field;
    const char *status = id == CONTACTS ? "ContactStatus" : "Status";

    if (!value_has(j, id_field)) {
        json_object_set_new(j, id_field, value_uuid());
    }
    if (!value_has(j, status) &&
        word_in(shelf_kinds[id].name, "Accounts TaxRates TrackingCategories Contacts")) {
        value_set_text(j, status, "ACTIVE");
    }
    if (id == TRACKING && !value_has(j, "Options")) {
        json_object_set_new(j, "Options", json_array());
    }
}

static void fill_shelf(struct twin *twin, struct organisation *org, enum shelf_id id,
                       const json_t *seed)
{
    const json_t *list = json_object_get(seed, shelf_kinds[id].seed);
    size_t count = json_is_object(list) ? 1 : json_array_size(list);

    for (size_t i = 0; i < count; i++) {
        json_t *j = json_deep_copy(json_is_object(list) ? list : json_array_get(list, i));
        int64_t updated = twin_now(twin);
        struct record *record;
        bool has_update = value_has(j, "UpdatedDateUTC");

        complete(id, j);
        if (has_update &&
            !instant_parse(text_of(json_path_text(j, "UpdatedDateUTC")), &updated, NULL)) {
            updated = twin_now(twin);
        }
        record =
            shelf_add(&org->shelves[id], json_path_text(j, shelf_kinds[id].id_field), j, updated);
        if (!has_update &&
            word_in(shelf_kinds[id].name, "Organisations Currencies TaxRates TrackingCategories")) {
            json_object_del(record->json, "UpdatedDateUTC");
        }
    }
}

static void load_organisation(struct twin *twin, const json_t *seed)
{
    struct organisation *org = &twin->xero.organisations[twin->xero.organisation_count++];
    const char *tenant = json_path_text(seed, "tenant.id");
    const char *connection = json_path_text(seed, "tenant.connection_id");
    char id[CRYPTO_UUID_TEXT];

    *org = (struct organisation){.minute.span_ms = MINUTE_MS, .day.span_ms = DAY_MS};
    org->tenant_id = memory_copy_text(*tenant ? tenant : crypto_uuid(id));
    org->tenant_name = memory_copy_text(json_path_text(seed, "tenant.name"));
    org->connection_id = memory_copy_text(*connection ? connection : crypto_uuid(id));
    org->rates = json_deep_copy(json_object_get(seed, "rates"));
    for (int i = 0; i < SHELVES; i++) {
        shelf_init(&org->shelves[i]);
        fill_shelf(twin, org, (enum shelf_id)i, seed);
    }
}

static bool load_xero(struct twin *twin, struct error *err)
{
    char name[32] = "xero.json";

    for (int i = 2; i <= ORGANISATIONS_MAX + 1; i++) {
        AUTO_JSON json_t *seed = NULL;
        if (!read_seed(twin->seeds, name, &seed, err)) {
            return false;
        }
        if (!seed) {
            break;
        }
        if (!twin->xero.client_id) {
            twin->xero.client_id = memory_copy_text(json_path_text(seed, "client.id"));
            twin->xero.client_secret = memory_copy_text(json_path_text(seed, "client.secret"));
        }
        load_organisation(twin, seed);
        snprintf(name, sizeof name, "xero-%d.json", i);
    }
    twin->xero.answers = dict_new();
    twin->xero.app_minute.span_ms = MINUTE_MS;
    return twin->xero.organisation_count > 0 ||
           error_set(err, ERROR_CONFIG, "seed", "%s has no xero.json", twin->seeds);
}

/* ---- Payhawk ---- */

/* Statement lines are what is settled; without payments of their own they are the payments. */
static json_t *payments_from_lines(const json_t *lines)
{
    static const char *const same[] = {"fundAccountId", "date", "currency",  "amount",
                                       "fxRate",        "fees", "expenseIds"};
    json_t *list = json_array(), *line;
    size_t i;

    json_array_foreach(lines, i, line)
    {
        json_t *payment =
            json_pack("{ssssss}", "type", "card", "status", "settled", "fundAccountType", "debit");
        for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
            if (json_object_get(line, same[k])) {
                json_object_set(payment, same[k], json_object_get(line, same[k]));
            }
        }
        json_object_set(payment, "id", json_object_get(line, "paymentId"));
        json_object_set(payment, "originalAmount", json_object_get(line, "paidAmount"));
        json_object_set(payment, "originalCurrency", json_object_get(line, "paidCurrency"));
        json_object_set_new(payment, "description",
                            json_string(json_path_text(line, "description")));
        json_array_append_new(list, payment);
    }
    return list;
}

static bool load_payhawk(struct twin *twin, struct error *err)
{
    json_t *data;

    if (!read_seed(twin->seeds, "payhawk.json", &data, err)) {
        return false;
    }
    twin->payhawk.data = data ? data : json_object();
    twin->payhawk.second.span_ms = 1000;
    data = twin->payhawk.data;
    if (!json_object_get(data, "payments")) {
        json_object_set_new(data, "payments",
                            payments_from_lines(json_object_get(data, "bank_statement_lines")));
    }
    return true;
}

/* ---- all ---- */

bool twin_load(struct twin *twin, struct error *err)
{
    twin->switches = (struct switches){.limit_minute = 60,
                                       .limit_day = 1000,
                                       .limit_concurrent = 5,
                                       .limit_app_minute = 10000,
                                       .payhawk_per_second = 15};
    twin->calls_xero = json_object();
    twin->calls_payhawk = json_object();
    twin->log = json_array();
    twin->writes_xero = twin->writes_payhawk = twin->refused = 0;
    return load_xero(twin, err) && load_payhawk(twin, err);
}

static void unload_organisation(struct organisation *org)
{
    for (int i = 0; i < SHELVES; i++) {
        shelf_done(&org->shelves[i]);
    }
    memory_free(org->tenant_id);
    memory_free(org->tenant_name);
    memory_free(org->connection_id);
    json_decref(org->rates);
    window_done(&org->minute);
    window_done(&org->day);
}

void twin_unload(struct twin *twin)
{
    struct xero *x = &twin->xero;

    for (size_t i = 0; i < x->organisation_count; i++) {
        unload_organisation(&x->organisations[i]);
    }
    for (size_t i = 0; i < x->access_count; i++) {
        memory_free(x->accesses[i]);
    }
    memory_free(x->accesses);
    memory_free(x->client_id);
    memory_free(x->client_secret);
    xero_forget_keys(twin);
    dict_free(x->answers);
    window_done(&x->app_minute);
    window_done(&twin->payhawk.second);
    *x = (struct xero){0};
    json_decref(twin->payhawk.data);
    twin->payhawk = (struct payhawk){0};
    faults_clear(twin);
    json_decref(twin->calls_xero);
    json_decref(twin->calls_payhawk);
    json_decref(twin->log);
    twin->calls_xero = twin->calls_payhawk = twin->log = NULL;
}
