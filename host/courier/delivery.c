#include "courier/delivery.h"

#include <unistd.h>

const char *delivery_mark(const struct integration *integration, const struct document *document,
                          struct arena *arena)
{
    char hex[CRYPTO_SHA256_HEX];
    const char *whole = arena_printf(
        arena, "%s\x1f%s\x1f%s\x1f%s\x1f%s", map_declaration(integration->program)->id,
        integration->source_account, integration->tenant_id, document->mapping, document->key);

    crypto_sha256_hex(text_of(whole), hex);
    return arena_copy_text(arena, (struct text){hex, MARK_TEXT - 1});
}

const char *delivery_file_mark(const struct document *document, struct arena *arena)
{
    char hex[CRYPTO_SHA256_HEX];

    crypto_sha256_hex(text_of(document->key), hex);
    return arena_copy_text(arena, (struct text){hex, FILE_MARK_SIZE});
}

void delivery_keep_said(struct delivery *d, const struct answer *answer)
{
    const char *www = answer->reply ? http_header(answer->reply, "WWW-Authenticate") : NULL;

    d->said = (struct said){
        .is_there = true,
        .complete = answer->complete,
        .status = answer->status,
        .content_type = arena_copy(d->arena, answer->content_type ? answer->content_type : ""),
        .www_authenticate = arena_copy(d->arena, www ? www : ""),
        .body = {arena_copy_text(d->arena, answer->body), answer->body.size},
    };
}

void delivery_forget(struct delivery *d)
{
    struct courier *courier = d->courier;
    struct arena *arena = d->arena;

    for (size_t i = 0; i < d->count; i++) {
        json_decref(d->parcels[i].body);
    }
    if (d->file_path) {
        unlink(d->file_path);
    }
    arena_reset(arena);
    *d = (struct delivery){.courier = courier, .arena = arena};
}
