/* Files on documents: by name, ten of them, ten megabytes each. */
#include <strings.h>

#include "xero.h"

#define FILES_MAX 10
#define SIZE_MAX_ ((size_t)10 << 20)

static const char with_files[] = "Invoices CreditNotes BankTransactions Contacts Accounts";

/* "Invoices/<id>"; false: there is no such object, the reply is ready. */
static struct record *owner_of(struct request *q, struct reply *r, char *on, size_t size)
{
    enum shelf_id id = shelf_named(q->parts[0]);
    struct record *owner = id != SHELVES && word_in(q->parts[0], with_files)
                               ? shelf_find(&q->org->shelves[id], q->parts[1])
                               : NULL;

    if (!owner) {
        xero_reply_not_found(r);
        return NULL;
    }
    snprintf(on, size, "%s/%s", shelf_kinds[id].endpoint, owner->id);
    return owner;
}

static struct record *file_named(const struct organisation *org, const char *on, const char *name)
{
    const struct shelf *shelf = &org->shelves[ATTACHMENTS];

    for (size_t i = 0; i < shelf->count; i++) {
        const json_t *j = shelf->records[i]->json;
        if (strcmp(json_path_text(j, "_on"), on) == 0 &&
            (same_text(json_path_text(j, "FileName"), name) ||
             same_text(shelf->records[i]->id, name))) {
            return shelf->records[i];
        }
    }
    return NULL;
}

static size_t files_on(const struct organisation *org, const char *on)
{
    const struct shelf *shelf = &org->shelves[ATTACHMENTS];
    size_t n = 0;

    for (size_t i = 0; i < shelf->count; i++) {
        n += strcmp(json_path_text(shelf->records[i]->json, "_on"), on) == 0;
    }
    return n;
}

/* Why this file cannot be taken; NULL: it can. */
static const char *file_problem(const char *name, const char *type)
{
    if (strpbrk(name, "<>:\"/\\|?*+") || !strchr(name, '.') || strlen(name) > 255) {
        return "The file name holds characters that are not allowed, or has no ending";
    }
    if (strchr(name, ' ') || strchr(name, '#')) {
        return "unsupported type";
    }
    if (!type || strstr(type, "json") || strstr(type, "x-www-form")) {
        return "The Content-Type is not one of a file";
    }
    return NULL;
}

static void reply_files(struct twin *twin, struct reply *r, json_t *list)
{
    xero_reply_list(twin, r, "Attachments", list, NULL);
}

static void store(struct twin *twin, struct request *q, struct record *file, const char *on)
{
    char hash[CRYPTO_SHA256_HEX];
    json_t *j = file->json;

    buffer_done(&file->bytes);
    buffer_init(&file->bytes, SIZE_MAX_ + 1);
    buffer_add_text(&file->bytes, q->body);
    value_set_text(j, "FileName", q->parts[2]);
    value_set_text(j, "MimeType", request_header(q, "Content-Type"));
    value_set_text(j, "_on", on);
    value_set_text(j, "_sha256", crypto_sha256_hex(q->body, hash));
    json_object_set_new(j, "ContentLength", json_new_int((int64_t)q->body.size));
    json_object_set_new(j, "IncludeOnline", json_boolean(request_flag(q, "IncludeOnline")));
    json_object_set_new(
        j, "Url",
        json_sprintf("https://api.xero.com/api.xro/2.0/%s/Attachments/%s", on, q->parts[2]));
    record_touch(file, twin_now(twin));
    json_object_del(j, "UpdatedDateUTC");
}

void xero_put_file(struct twin *twin, struct request *q, struct reply *r)
{
    char on[128], id[CRYPTO_UUID_TEXT];
    struct record *owner = owner_of(q, r, on, sizeof on), *file;
    const char *problem;
    json_t *list, *j;

    if (!owner) {
        return;
    }
    if (!request_header(q, "Content-Length")) {
        reply_text(r, 411, "text/html", "<p>Length Required</p>");
        return;
    }
    if (q->body.size > SIZE_MAX_) {
        xero_problem(r, 413, "RequestEntityTooLarge", "PayloadTooLarge");
        return;
    }
    problem = q->body.size == 0 ? "The file is empty"
                                : file_problem(q->parts[2], request_header(q, "Content-Type"));
    file = file_named(q->org, on, q->parts[2]);
    if (!problem && !file && files_on(q->org, on) >= FILES_MAX) {
        problem = "A maximum of 10 attachments can be associated with a document";
    }
    if (problem) {
        xero_reply_error(r, 10, problem, NULL);
        record_event(twin, "invalid", "Attachments: %s: %s", q->parts[2], problem);
        return;
    }
    if (!file) {
        j = json_pack("{ss}", "AttachmentID", crypto_uuid(id));
        file = shelf_add(&q->org->shelves[ATTACHMENTS], id, j, twin_now(twin));
    }
    store(twin, q, file, on);
    json_object_set_new(owner->json, "HasAttachments", json_true());
    list = json_array();
    json_array_append_new(list, xero_view(twin, q->org, ATTACHMENTS, file));
    reply_files(twin, r, list);
}

void xero_list_files(struct twin *twin, struct request *q, struct reply *r)
{
    const struct shelf *shelf = &q->org->shelves[ATTACHMENTS];
    char on[128];
    json_t *list;

    if (!owner_of(q, r, on, sizeof on)) {
        return;
    }
    list = json_array();
    for (size_t i = 0; i < shelf->count; i++) {
        if (strcmp(json_path_text(shelf->records[i]->json, "_on"), on) == 0) {
            json_array_append_new(list, xero_view(twin, q->org, ATTACHMENTS, shelf->records[i]));
        }
    }
    reply_files(twin, r, list);
}

void xero_get_file(struct twin *twin, struct request *q, struct reply *r)
{
    char on[128];
    struct record *file;

    (void)twin;
    if (!owner_of(q, r, on, sizeof on)) {
        return;
    }
    file = file_named(q->org, on, q->parts[2]);
    if (!file) {
        xero_reply_not_found(r);
        return;
    }
    reply_text(r, 200, "application/octet-stream", "");
    buffer_add_text(&r->body, buffer_text(&file->bytes));
}
