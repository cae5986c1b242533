/* Answers of token servers, what is kept of them, and the query that a browser brings back. */
#include "login/login_internal.h"

#include "fuzz.h"

#define NOW_MS INT64_C(1790000000000)

static bool is_sendable(const char *token)
{
    for (const char *c = token; *c; c++) {
        if (*c <= ' ' || *c == 0x7f || (*c & 0x80)) {
            return false;
        }
    }
    return *token != '\0';
}

/* What the answer holds is in no error, whatever it is called there. */
static void check_secrets(struct text body, const struct error *err)
{
    AUTO_JSON json_t *j = NULL;
    const char *name;
    json_t *value;

    (void)!json_read(body, JSON_DEPTH_MAX, &j, NULL);
    json_object_foreach(j, name, value)
    {
        struct text said = json_text(value);

        /* shorter ones may be words of ours */
        MUST(said.size < 14 || !strstr(err->text, json_string_value(value)),
             "%s is in the error: %s", name, err->text);
    }
}

static void check_kept(const struct tokens *tokens)
{
    static const struct crypto_key key = {.bytes = {1, 2, 3}, .id = {4, 5, 6}};
    AUTO(tokens_done) struct tokens again = {0};
    AUTO(buffer_done) struct buffer sealed = {0};
    struct error err = {0};

    buffer_init(&sealed, LOGIN_SEALED_MAX);
    tokens_seal(&key, "xero/main", tokens, &sealed);
    MUST(sealed.overflow || tokens_open(&key, "xero/main", buffer_text(&sealed), &again, &err),
         "%s: %s", err.code, err.text);
    MUST(sealed.overflow || strcmp(tokens->access, again.access) == 0, "another token was kept");
}

static void read_reply(int status, struct text body)
{
    AUTO(tokens_done) struct tokens tokens = {0};
    struct tokens before = {
        .user = (char[]){"u"}, .auth_event = (char[]){""}, .scopes = (char[]){"accounting"}};
    struct http_reply reply = {.outcome = HTTP_REPLIED,
                               .complete = true,
                               .length_known = true,
                               .status = status,
                               .content_type = "application/json",
                               .body = body};
    const struct error none = {0};
    struct error err = {0};

    if (!reply_read_tokens(&reply, &none, NOW_MS, &before, "r-before", &tokens, &err)) {
        fuzz_check_error(&err);
        check_secrets(body, &err);
        return;
    }
    MUST(status == 200, "tokens out of a %d", status);
    MUST(is_sendable(tokens.access) && is_sendable(tokens.refresh), "a token that ends a header");
    MUST(tokens.expires_ms >= NOW_MS && tokens.expires_ms <= NOW_MS + INT64_C(366) * 86400000,
         "it expires at %lld", (long long)tokens.expires_ms);
    tokens.generation = 7;
    check_kept(&tokens);
}

static void read_query(struct text query)
{
    static const char *const names[] = {"code", "state", "error"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        AUTO_FREE char *value = query_value(query, names[i]);

        MUST(!value || fuzz_is_printable(text_of(value)), "a value with control characters");
        MUST(!value || strlen(value) <= 4096, "a long value");
    }
}

/* The first byte is the status, or says that a query follows, or sealed tokens. */
static void fuzz_one(struct text input)
{
    static const int statuses[] = {200, 400, 401, 403, 404, 429, 500, 503, 302, 204};
    static const struct crypto_key key = {.bytes = {1, 2, 3}, .id = {4, 5, 6}};
    AUTO(tokens_done) struct tokens tokens = {0};
    struct error err = {0};
    uint8_t what = fuzz_byte(&input);

    if (what == 'q') {
        read_query(input);
    } else if (what == 's') {
        MUST(!tokens_open(&key, "xero/main", input, &tokens, &err), "tokens out of nothing");
        (void)login_sealed_generation(input);
    } else {
        read_reply(statuses[what % (sizeof statuses / sizeof *statuses)], input);
    }
}
