/* What an answer to a write proves. The status decides, then the body; never the other way. */
#include <strings.h>

#include "base/memory.h"
#include "xero/xero.h"

#define REPLY_DEPTH   32
#define MESSAGES_MOST 20
#define MESSAGE_MAX   ((size_t)500)
#define ZERO_ID       "00000000-0000-0000-0000-000000000000"

static void set_meaning(struct xero_reply *reply, const struct xero_meaning *meaning)
{
    reply->code = meaning->code;
    reply->sentence = meaning->sentence;
    reply->fix = meaning->fix;
}

static void set_words(struct xero_reply *reply, const char *code, const char *sentence,
                      const char *fix)
{
    set_meaning(reply, &(struct xero_meaning){code, sentence, fix, false, false});
}

/* ---- messages ------------------------------------------------------------------------------- */

struct words {
    const char *const *at;
    size_t count;
};

/* [{"Message": "…"}] */
static struct words read_messages(const json_t *list, struct arena *arena)
{
    size_t count = json_array_size(list), kept = 0;
    const char **at = arena_alloc(arena, MESSAGES_MOST, sizeof *at);

    for (size_t i = 0; i < count && kept < MESSAGES_MOST; i++) {
        struct text message = json_text(json_object_get(json_array_get(list, i), "Message"));
        message.size = message.size < MESSAGE_MAX ? message.size : MESSAGE_MAX;
        if (message.size > 0) {
            char *kept_message = arena_copy_text(arena, message);

            text_mend(kept_message);
            at[kept++] = kept_message;
        }
    }
    return (struct words){at, kept};
}

static void read_words(const json_t *body, struct arena *arena, struct xero_element *element)
{
    struct words messages = read_messages(json_object_get(body, "ValidationErrors"), arena);
    struct words warnings = read_messages(json_object_get(body, "Warnings"), arena);

    element->messages = messages.at;
    element->message_count = messages.count;
    element->warnings = warnings.at;
    element->warning_count = warnings.count;
}

static void explain(struct xero_element *element)
{
    const struct xero_meaning *meaning =
        xero_meaning_of(element->message_count ? element->messages[0] : "");

    element->code = meaning->code;
    element->sentence = meaning->sentence;
    element->fix = meaning->fix;
    element->taken = meaning->taken;
}

/* ---- one element ---------------------------------------------------------------------------- */

static bool has_errors(const json_t *body, const struct xero_element *element)
{
    return element->message_count > 0 || json_is_true(json_object_get(body, "HasErrors")) ||
           json_is_true(json_object_get(body, "HasValidationErrors")) ||
           strcmp(json_path_text(body, "StatusAttributeString"), "ERROR") == 0;
}

/* What Xero keeps unique needs no mark of ours: the echo has the key of another that was sent. */
static bool has_anothers_key(const struct xero_exchange *exchange, size_t index, const json_t *body)
{
    const char *field = exchange->object->mark_field, *key;

    if (exchange->object->mark != XERO_MARK_KEY || !exchange->sent) {
        return false;
    }
    key = json_path_text(body, field);
    if (!key[0] || strcmp(key, json_path_text(exchange->sent[index], field)) == 0) {
        return false;
    }
    for (size_t i = 0; i < exchange->count; i++) {
        if (strcmp(key, json_path_text(exchange->sent[i], field)) == 0) {
            return true;
        }
    }
    return false;
}

/* The echo carries another document's mark: positions cannot be trusted. */
static bool is_anothers(const struct xero_exchange *exchange, size_t index, const json_t *body,
                        struct arena *arena)
{
    const char *mark = exchange->marks ? exchange->marks[index] : NULL;
    const char *found = mark ? xero_mark_read(exchange->object, body, arena) : NULL;

    return (found && strcmp(found, mark) != 0) || has_anothers_key(exchange, index, body);
}

static void judge(const struct xero_exchange *exchange, size_t index, const json_t *body,
                  struct arena *arena, struct xero_element *element)
{
    const char *id = json_path_text(body, exchange->object->id_field);

    element->body = body;
    read_words(body, arena, element);
    if (is_anothers(exchange, index, body, arena)) {
        element->fate = XERO_UNKNOWN;
    } else if (has_errors(body, element)) {
        element->fate = XERO_REFUSED;
        explain(element);
    } else if (id[0] && strcmp(id, ZERO_ID) != 0) {
        element->fate = XERO_DONE;
        element->id = id;
    } else {
        element->fate = XERO_UNKNOWN;
    }
}

/* ---- the whole answer ----------------------------------------------------------------------- */

static struct xero_element *elements_new(const struct xero_exchange *exchange, enum xero_fate fate,
                                         struct arena *arena, struct xero_reply *reply)
{
    struct xero_element *elements =
        arena_alloc(arena, exchange->count ? exchange->count : 1, sizeof *elements);

    for (size_t i = 0; i < exchange->count; i++) {
        elements[i] =
            (struct xero_element){.fate = fate, .id = "", .code = "", .sentence = "", .fix = ""};
    }
    reply->elements = elements;
    reply->element_count = exchange->count;
    return elements;
}

/* The envelope's name is plural, and of any case in requests, so be as lenient here. */
static const json_t *envelope(const json_t *root, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)root, key, value)
    {
        if (strcasecmp(key, name) == 0) {
            return value;
        }
    }
    return NULL;
}

/* Two documents cannot have become one object: of neither is it known what became of it. */
static void doubt_twins(struct xero_element *elements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool twin = false;

        for (size_t k = i + 1; k < count && elements[i].fate == XERO_DONE; k++) {
            if (elements[k].fate == XERO_DONE && strcmp(elements[i].id, elements[k].id) == 0) {
                elements[k].fate = XERO_UNKNOWN;
                elements[k].id = "";
                twin = true;
            }
        }
        if (twin) {
            elements[i].fate = XERO_UNKNOWN;
            elements[i].id = "";
        }
    }
}

static void read_success(const struct xero_exchange *exchange, struct arena *arena,
                         struct xero_reply *reply)
{
    const json_t *list = envelope(reply->root, exchange->object->name);
    struct xero_element *elements = elements_new(exchange, XERO_UNKNOWN, arena, reply);

    if (json_array_size(list) != exchange->count) {
        set_words(reply, "answer-incomplete", "Xero's answer does not match what was sent.",
                  "Ferry reads back what is in Xero.");
        return;
    }
    for (size_t i = 0; i < exchange->count; i++) {
        judge(exchange, i, json_array_get(list, i), arena, &elements[i]);
    }
    doubt_twins(elements, exchange->count);
}

static bool contains(const struct xero_exchange *exchange, const char *words)
{
    return exchange->body.size > 0 &&
           memmem(exchange->body.at, exchange->body.size, words, strlen(words)) != NULL;
}

/* Whether the answer has what was sent, each in its place. */
static bool is_by_place(const struct xero_exchange *exchange, const json_t *list,
                        struct arena *arena)
{
    for (size_t i = 0; i < exchange->count; i++) {
        if (is_anothers(exchange, i, json_array_get(list, i), arena)) {
            return false;
        }
    }
    return json_array_size(list) == exchange->count;
}

static void read_refusal(const struct xero_exchange *exchange, struct arena *arena,
                         struct xero_reply *reply)
{
    const json_t *list = json_object_get(reply->root, "Elements");
    struct xero_element *elements = elements_new(exchange, XERO_REFUSED, arena, reply);
    bool blamed = false, by_place = is_by_place(exchange, list, arena);

    reply->whole_refused = true;
    for (size_t i = 0; by_place && i < exchange->count; i++) {
        elements[i].body = json_array_get(list, i);
        read_words(elements[i].body, arena, &elements[i]);
        if (elements[i].message_count > 0) {
            explain(&elements[i]);
            blamed = true;
        }
    }
    for (size_t i = 0; i < exchange->count; i++) {
        if (elements[i].message_count == 0) {
            elements[i].fate = blamed ? XERO_NOT_RUN : XERO_REFUSED;
            elements[i].code = blamed ? "" : reply->code;
            elements[i].sentence = blamed ? "" : reply->sentence;
            elements[i].fix = blamed ? "" : reply->fix;
        }
    }
}

/* The words of an answer without elements: JSON of three shapes, HTML or plain text. */
static const struct xero_meaning *whole_meaning(const struct xero_exchange *exchange,
                                                const json_t *root, struct arena *arena)
{
    static const char *const names[] = {"Message", "Detail", "Title"};
    struct text body = exchange->body;
    const struct xero_meaning *meaning = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *said = json_path_text(root, names[i]);
        meaning = said[0] ? xero_meaning_of(said) : meaning;
        if (meaning && strcmp(meaning->code, "refused") != 0) {
            return meaning;
        }
    }
    if (!root && body.size > 0) {
        body.size = body.size < 4 * MESSAGE_MAX ? body.size : 4 * MESSAGE_MAX;
        meaning = xero_meaning_of(arena_copy_text(arena, body));
    }
    return meaning && strcmp(meaning->code, "refused") != 0
               ? meaning
               : xero_meaning_by_code(exchange->status == 404 ? "not-found" : "refused");
}

static enum xero_not_run why_not_run(const struct xero_exchange *exchange)
{
    const char *says = exchange->www_authenticate ? exchange->www_authenticate : "";

    if (exchange->status == 429) {
        return XERO_RATE_LIMITED;
    }
    if (strcasestr(says, "insufficient_scope") || contains(exchange, "AuthorizationUnsuccessful")) {
        return XERO_SCOPE_MISSING;
    }
    if (exchange->status == 403) {
        return contains(exchange, "AuthenticationUnsuccessful") ? XERO_DISCONNECTED
                                                                : XERO_FORBIDDEN;
    }
    return contains(exchange, "not permitted") ? XERO_FORBIDDEN : XERO_TOKEN_EXPIRED;
}

static void set_not_run(struct xero_reply *reply)
{
    static const struct xero_meaning meanings[] = {
        [XERO_RAN] = {"", "", "", false, false},
        [XERO_TOKEN_EXPIRED] = {"login-expired", "Xero no longer accepts the login.",
                                "Ferry logs in again; if it cannot, run ferry connect xero.", false,
                                true},
        [XERO_SCOPE_MISSING] = {"scope-missing", "The login does not include this right.",
                                "Run ferry connect xero and agree to what is asked.", false, true},
        [XERO_DISCONNECTED] = {"disconnected", "The organisation is no longer connected.",
                               "Run ferry connect xero, or see who disconnected it in Xero.", false,
                               true},
        [XERO_FORBIDDEN] = {"permission", "The user who connected Xero may not do this.",
                            "Give the user the right in Xero, or connect as somebody else.", false,
                            true},
        [XERO_RATE_LIMITED] = {"rate-limited", "Xero asks for a pause.",
                               "Nothing to do: Ferry waits as long as Xero asks.", false, true},
    };

    set_meaning(reply, &meanings[reply->not_run]);
}

static bool is_refusal(int status)
{
    return status >= 400 && status < 500 && status != 408;
}

static void read_unknown(const struct xero_exchange *exchange, struct arena *arena,
                         struct xero_reply *reply)
{
    (void)elements_new(exchange, XERO_UNKNOWN, arena, reply);
    set_words(reply, exchange->status == 0 ? "no-answer" : "answer-untrusted",
              "It is not known whether Xero took the documents.",
              "Nothing to do: Ferry finds out before it sends anything again.");
}

void xero_reply_read(const struct xero_exchange *exchange, struct arena *arena,
                     struct xero_reply *ret)
{
    int status = exchange->complete ? exchange->status : 0;

    *ret = (struct xero_reply){.code = "", .sentence = "", .fix = ""};
    if (status == 401 || status == 403 || status == 429) {
        ret->not_run = why_not_run(exchange);
        set_not_run(ret);
        (void)elements_new(exchange, XERO_NOT_RUN, arena, ret);
        return;
    }
    if (!json_read(exchange->body, REPLY_DEPTH, &ret->root, NULL)) {
        ret->root = NULL;
    }
    if (status >= 200 && status < 300 && ret->root) {
        read_success(exchange, arena, ret);
    } else if (is_refusal(status) && !contains(exchange, "used with a different request")) {
        set_meaning(ret, whole_meaning(exchange, ret->root, arena));
        read_refusal(exchange, arena, ret);
    } else {
        read_unknown(exchange, arena, ret);
    }
}

void xero_reply_done(struct xero_reply *reply)
{
    json_decref(reply->root);
    *reply = (struct xero_reply){.root = NULL};
}
