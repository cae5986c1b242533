/*
 * Sealed form: "FRYT", the generation (8 bytes, big end first), then crypto_seal of a JSON text,
 * bound to the grant's name. The generation stands outside so that the store can compare without
 * the key; it is repeated inside, where nobody can change it.
 */
#include "base/json.h"
#include "login/login_internal.h"

#define MAGIC      "FRYT"
#define HEAD_BYTES 12

void tokens_done(struct tokens *tokens)
{
    secret_free(tokens->access);
    secret_free(tokens->refresh);
    secret_free(tokens->old_refresh);
    memory_free(tokens->user);
    memory_free(tokens->auth_event);
    memory_free(tokens->scopes);
    *tokens = (struct tokens){0};
}

void tokens_move(struct tokens *to, struct tokens *from)
{
    tokens_done(to);
    *to = *from;
    *from = (struct tokens){0};
}

/* ---- the head ---- */

static void add_head(int64_t generation, struct buffer *out)
{
    buffer_add_cstr(out, MAGIC);
    for (int shift = 56; shift >= 0; shift -= 8) {
        buffer_add_char(out, (char)((uint64_t)generation >> shift & 0xff));
    }
}

int64_t login_sealed_generation(struct text sealed)
{
    uint64_t generation = 0;

    if (sealed.size < HEAD_BYTES || !text_starts(sealed, MAGIC)) {
        return 0;
    }
    for (size_t i = 4; i < HEAD_BYTES; i++) {
        generation = generation << 8 | (unsigned char)sealed.at[i];
    }
    return generation <= INT64_MAX ? (int64_t)generation : 0;
}

static struct text without_head(struct text sealed)
{
    return (struct text){sealed.at + HEAD_BYTES, sealed.size - HEAD_BYTES};
}

static bool foreign(struct error *err)
{
    return error_set(err, ERROR_REJECTED, "seal", "the kept tokens are not in a form Ferry wrote");
}

/* ---- sealing ---- */

static void set_text(json_t *j, const char *name, const char *value)
{
    if (value && *value) {
        json_path_set(j, name, json_new_text(text_of(value)));
    }
}

void tokens_seal(const struct crypto_key *key, const char *grant, const struct tokens *tokens,
                 struct buffer *out)
{
    AUTO_JSON json_t *j = json_object();
    AUTO(secret_buffer_done) struct buffer plain;

    buffer_init(&plain, LOGIN_SEALED_MAX);
    json_path_set(j, "generation", json_new_int(tokens->generation));
    json_path_set(j, "expires", json_new_int(tokens->expires_ms));
    json_path_set(j, "refreshed", json_new_int(tokens->refreshed_ms));
    json_path_set(j, "old_until", json_new_int(tokens->old_until_ms));
    set_text(j, "access", tokens->access);
    set_text(j, "refresh", tokens->refresh);
    set_text(j, "old_refresh", tokens->old_refresh);
    set_text(j, "user", tokens->user);
    set_text(j, "event", tokens->auth_event);
    set_text(j, "scopes", tokens->scopes);
    json_write(j, &plain);
    add_head(tokens->generation, out);
    crypto_seal(key, text_of(grant), buffer_text(&plain), out);
}

static char *text_or_null(const json_t *j, const char *name)
{
    const char *value = json_path_text(j, name);

    return *value ? memory_copy_text(value) : NULL;
}

static int64_t int_at(const json_t *j, const char *name)
{
    return json_int(json_path(j, name), 0);
}

static void read_plain(const json_t *j, struct tokens *ret)
{
    *ret = (struct tokens){
        .generation = int_at(j, "generation"),
        .expires_ms = int_at(j, "expires"),
        .refreshed_ms = int_at(j, "refreshed"),
        .old_until_ms = int_at(j, "old_until"),
        .access = text_or_null(j, "access"),
        .refresh = text_or_null(j, "refresh"),
        .old_refresh = text_or_null(j, "old_refresh"),
        .user = memory_copy_text(json_path_text(j, "user")),
        .auth_event = memory_copy_text(json_path_text(j, "event")),
        .scopes = memory_copy_text(json_path_text(j, "scopes")),
    };
}

bool tokens_open(const struct crypto_key *key, const char *grant, struct text sealed,
                 struct tokens *ret, struct error *err)
{
    AUTO(secret_buffer_done) struct buffer plain;
    AUTO_JSON json_t *j = NULL;
    int64_t generation = login_sealed_generation(sealed);

    buffer_init(&plain, LOGIN_SEALED_MAX);
    if (generation == 0 || sealed.size > LOGIN_SEALED_MAX) {
        return foreign(err);
    }
    if (!crypto_open(key, text_of(grant), without_head(sealed), &plain, err)) {
        return false;
    }
    if (!json_read(buffer_text(&plain), 4, &j, NULL) || int_at(j, "generation") != generation) {
        return foreign(err);
    }
    read_plain(j, ret);
    return true;
}

bool login_reseal(const char *grant, struct text sealed, const struct crypto_key *old,
                  const struct crypto_key *key, struct buffer *out, struct error *err)
{
    AUTO(secret_buffer_done) struct buffer plain;

    buffer_init(&plain, LOGIN_SEALED_MAX);
    if (login_sealed_generation(sealed) == 0 || sealed.size > LOGIN_SEALED_MAX) {
        return foreign(err);
    }
    if (!crypto_open(old, text_of(grant), without_head(sealed), &plain, err)) {
        return false;
    }
    add_head(login_sealed_generation(sealed), out);
    crypto_seal(key, text_of(grant), buffer_text(&plain), out);
    return true;
}
