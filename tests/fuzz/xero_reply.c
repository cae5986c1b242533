/* What Xero answers to a write: whatever it is, no element counts as written without proof. */
#include "xero/xero.h"

#include "fuzz.h"

#define SENT_MOST 4

static const char *const marks[SENT_MOST] = {"a1", "a2", "a3", "a4"};

static void check_text(const char *text)
{
    MUST(text && text_is_utf8(text_of(text)), "words that are cut");
}

static void check_element(const struct xero_exchange *exchange, const struct xero_element *e,
                          const char *mark)
{
    struct arena *arena = arena_new(1 << 24);
    const char *found =
        e->body && exchange->marks ? xero_mark_read(exchange->object, e->body, arena) : NULL;

    check_text(e->code);
    check_text(e->sentence);
    check_text(e->fix);
    for (size_t i = 0; i < e->message_count; i++) {
        check_text(e->messages[i]);
    }
    for (size_t i = 0; i < e->warning_count; i++) {
        check_text(e->warnings[i]);
    }
    MUST((e->fate == XERO_DONE) == (e->id && e->id[0] != '\0'), "done without an id");
    if (e->fate == XERO_DONE) {
        MUST(exchange->complete && exchange->status / 100 == 2, "done by a %d", exchange->status);
        MUST(e->message_count == 0, "done with errors");
        MUST(!found || strcmp(found, mark) == 0, "done is another's");
    }
    if (e->fate == XERO_REFUSED) {
        MUST(e->code[0] && e->sentence[0], "refused without a word");
        MUST(!found || strcmp(found, mark) == 0 || e->message_count == 0, "refused is another's");
    }
    arena_free(arena);
}

static void check_reply(const struct xero_exchange *exchange, const struct xero_reply *reply)
{
    MUST(reply->element_count == exchange->count, "%zu of %zu", reply->element_count,
         exchange->count);
    check_text(reply->code);
    check_text(reply->sentence);
    check_text(reply->fix);
    for (size_t i = 0; i < reply->element_count; i++) {
        const struct xero_element *e = &reply->elements[i];

        check_element(exchange, e, marks[i]);
        MUST((reply->not_run == XERO_RAN) || e->fate == XERO_NOT_RUN, "not run, but %d", e->fate);
        MUST(!reply->whole_refused || e->fate != XERO_DONE, "refused, but done");
        for (size_t k = 0; k < i; k++) {
            MUST(e->fate != XERO_DONE || reply->elements[k].fate != XERO_DONE ||
                     strcmp(e->id, reply->elements[k].id) != 0,
                 "two documents became one: %s", e->id);
        }
    }
}

/* Bytes for object, status, count and what else there is; then the body. */
static void fuzz_one(struct text input)
{
    static const int statuses[] = {200, 200, 200, 201, 400, 400, 401, 403, 404, 429, 500, 503, 0};
    static const char *const asks[] = {"", "insufficient_scope", "Bearer error=\"x\""};
    const struct xero_object *object = xero_object_at(fuzz_byte(&input) % xero_object_count());
    uint8_t status = fuzz_byte(&input), more = fuzz_byte(&input);
    json_t *sent[SENT_MOST];
    struct arena *arena = arena_new((size_t)64 << 20);
    struct xero_exchange exchange = {
        .object = object,
        .sent = (const json_t *const *)sent,
        .marks = more & 4 ? NULL : marks,
        .count = 1 + more % SENT_MOST,
        .status = statuses[status % (sizeof statuses / sizeof *statuses)],
        .complete = (more & 8) == 0,
        .content_type = more & 16 ? "text/html" : "application/json",
        .www_authenticate = asks[more / 32 % 3],
        .body = input,
    };
    struct xero_reply reply = {0};

    for (size_t i = 0; i < SENT_MOST; i++) {
        sent[i] = json_object();
        if (object->mark == XERO_MARK_KEY) {
            json_path_set(sent[i], object->mark_field, json_new_text(text_of(marks[i])));
        }
    }
    xero_reply_read(&exchange, arena, &reply);
    check_reply(&exchange, &reply);
    xero_reply_done(&reply);
    arena_free(arena);
    for (size_t i = 0; i < SENT_MOST; i++) {
        json_decref(sent[i]);
    }
}
