/*
 * Bodies for Xero: tidied, checked before they are sent, and marked. Whatever stands in a field,
 * our mark is found again, and nothing else of the body changes.
 */
#include "fuzz.h"

#include "xero/xero.h"

#define MARK "f0123456789abcdefghijk"

struct known {
    const json_t *records; /* list → key → record */
};

static const json_t *record(void *self, const char *list, const char *key)
{
    return json_object_get(json_object_get(((struct known *)self)->records, list), key);
}

static const json_t *find(void *self, const char *list, const char *field, const char *value)
{
    json_t *all = json_object_get(((struct known *)self)->records, list), *one;
    const char *key;

    json_object_foreach(all, key, one)
    {
        if (strcmp(json_path_text(one, field), value) == 0) {
            return one;
        }
    }
    return NULL;
}

static void check_before(const struct xero_object *object, const json_t *body,
                         const json_t *records, struct arena *arena)
{
    struct known known = {records};
    struct xero_directory directory = {&known, record, find, json_object_get(records, "org")};
    struct xero_finding finding = {0};

    if (!xero_preflight(object, body, &directory, arena, &finding)) {
        MUST(finding.code[0] && finding.sentence[0] && finding.fix && finding.field, "a finding");
        MUST(text_is_utf8(text_of(finding.sentence)), "words that are cut: %s", finding.sentence);
        MUST(xero_meaning_by_code(finding.code), "the code %s is not known", finding.code);
    }
}

static void check_tidy(const struct xero_object *object, json_t *body)
{
    AUTO_JSON json_t *before = NULL;

    xero_tidy(object, body);
    before = json_deep_copy(body);
    xero_tidy(object, body);
    MUST(json_equal(before, body), "tidied twice is something else");
}

/* Fields of texts get longer, and no others change. */
static void check_mark(const struct xero_object *object, json_t *body, struct arena *arena)
{
    AUTO_JSON json_t *before = json_deep_copy(body);
    const char *found;
    struct error err = {0};

    if (!xero_mark_put(object, body, MARK, "https://ferry.example/", &err)) {
        fuzz_check_error(&err);
        MUST(json_equal(before, body), "refused, but changed");
        return;
    }
    if (json_equal(before, body)) {
        return; /* kinds that need no mark */
    }
    found = xero_mark_read(object, body, arena);
    MUST(found && strcmp(found, MARK) == 0, "the mark is %s", found ? found : "lost");
    MUST(xero_mark_matches(object, body, MARK), "the mark does not match");
    MUST(json_object_size(body) <= json_object_size(before) + 1, "more than the mark");
    MUST(xero_mark_put(object, body, "other-2", "https://ferry.example/", &err), "%s", err.text);
    MUST(xero_mark_matches(object, body, "other-2"), "the second mark");
}

static void check_file(const char *name, struct arena *arena)
{
    bool changed;
    const char *file = xero_file_name(name, MARK, arena, &changed), *ending;
    AUTO_JSON json_t *attachment = json_object();

    MUST(strlen(file) <= 60 + 1 + strlen(MARK) + 11, "the name %s", file);
    MUST(strspn(file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") ==
             strlen(file),
         "the name %s", file);
    ending = xero_file_ending(name);
    MUST(text_ends(text_of(file), ending), "another ending than %s", ending);
    json_path_set(attachment, "FileName", json_new_text(text_of(file)));
    MUST(xero_mark_matches(xero_object_find("xero.Attachments"), attachment, MARK), "the file %s",
         file);
}

/* A byte for the object; a file's name; what Xero has, as JSON; the body. */
static void fuzz_one(struct text input)
{
    const struct xero_object *object = xero_object_at(fuzz_byte(&input) % xero_object_count());
    AUTO_FREE char *name = fuzz_line(&input);
    AUTO_FREE char *known = fuzz_line(&input);
    AUTO_JSON json_t *records = NULL;
    AUTO_JSON json_t *body = NULL;
    struct arena *arena = arena_new((size_t)64 << 20);

    if (text_is_utf8(text_of(name))) {
        check_file(name, arena);
    }
    (void)!json_read(text_of(known), JSON_DEPTH_MAX, &records, NULL);
    if (json_read(input, JSON_DEPTH_MAX, &body, NULL) && json_is_object(body)) {
        check_tidy(object, body);
        check_before(object, body, records, arena);
        check_mark(object, body, arena);
    }
    arena_free(arena);
}
