#include "base/memory.h"
#include "courier/delivery.h"

#include <sys/stat.h>
#include <unistd.h>

/* Receipts: fetched from the source's file host into the spool, then put on their document. */

void file_ask_fetch(struct delivery *d, struct ask *ask)
{
    d->file_path = arena_printf(d->arena, "%s/%lld", d->courier->integration->spool,
                                (long long)d->parcels[0].document.id);
    ask->kind = ASK_CALL;
    ask->call = (struct call){
        .side = &d->courier->integration->source,
        .class = QUOTA_ATTACHMENT,
        .method = "GET",
        .url = d->file_url,
        .bare = true,
        .sink_path = d->file_path,
        .answer_max_bytes = XERO_FILE_MAX_BYTES,
    };
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The last part of the address's path, percent signs undone. */
static const char *name_in(const char *url, struct arena *arena)
{
    size_t size = strcspn(url, "?#");
    const char *start = url + size;
    char *name = arena_alloc(arena, size + 1, 1);
    size_t n = 0;

    while (start > url && start[-1] != '/') {
        start--;
    }
    for (const char *at = start; at < url + size; at++) {
        if (at[0] == '%' && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
            name[n++] = (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
            at += 2;
        } else {
            name[n++] = *at;
        }
    }
    return name;
}

static const char *ending_of(const char *content_type)
{
    static const struct {
        const char *type, *ending;
    } endings[] = {
        {"application/pdf", ".pdf"}, {"image/jpeg", ".jpg"},  {"image/png", ".png"},
        {"image/gif", ".gif"},       {"image/heic", ".heic"}, {"text/plain", ".txt"},
    };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strncmp(content_type, endings[i].type, strlen(endings[i].type)) == 0) {
            return endings[i].ending;
        }
    }
    return "";
}

static void name_file(struct delivery *d, const struct answer *answer)
{
    const char *type = answer->content_type ? answer->content_type : "";
    const char *name = d->file_name[0] ? d->file_name : name_in(d->file_url, d->arena);
    bool changed;

    if (!xero_file_ending(name)[0]) {
        name = arena_printf(d->arena, "%s%s", name, ending_of(type));
    }
    d->file_name = xero_file_name(name, delivery_file_mark(&d->parcels[0].document, d->arena),
                                  d->arena, &changed);
    d->file_on = arena_printf(d->arena, "%s%s", d->file_on, d->file_name);
    d->request.content_type = type[0] ? arena_copy(d->arena, type) : "application/octet-stream";
}

/* What the source says of one file is that file's trouble, not everybody's. */
static bool is_bad_address(const struct error *err)
{
    static const char *const codes[] = {"host-not-allowed", "not-https", "request"};

    for (size_t i = 0; err->kind && i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(err->code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool file_got(struct delivery *d, const struct answer *answer)
{
    struct parcel *parcel = &d->parcels[0];

    if (answer->err.kind == ERROR_REJECTED && strcmp(answer->err.code, "too-big") == 0) {
        settle_refused(d, parcel, "file-too-big", "The file is larger than Xero takes (10 MB).",
                       "Attach a smaller copy in the source.");
        return false;
    }
    if (is_bad_address(&answer->err)) {
        settle_refused(d, parcel, "file-address",
                       arena_printf(d->arena, "The file was not fetched: %s.", answer->err.text),
                       "Attach it again in the source; files lie on hosts that the connector "
                       "declares, and are fetched by https.");
        return false;
    }
    if (answer->err.kind) {
        d->problem = answer->err;
        return false;
    }
    if (answer->status != 200) {
        settle_refused(
            d, parcel, "file-gone",
            arena_printf(d->arena, "The source answered %d for the file.", answer->status),
            "Attach it again in the source.");
        return false;
    }
    name_file(d, answer);
    d->courier->counts.files++;
    return true;
}
