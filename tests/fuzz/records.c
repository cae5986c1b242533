/* Where the records are in an answer: a declared path and any JSON. */
#include "fuzz.h"

#include "intake/intake.h"

struct seen {
    size_t records;
    const json_t *reply;
};

static bool take(void *self, const json_t *record, const json_t *kept, struct error *err)
{
    struct seen *seen = self;
    const char *name;
    json_t *value;

    (void)err;
    MUST(record && !json_is_null(record), "no record");
    MUST(!kept || json_is_object(kept), "what is kept is no object");
    json_object_foreach((json_t *)(uintptr_t)kept, name, value)
    {
        MUST(json_is_string(value) && !json_is_number_text(value), "%s is no text", name);
    }
    seen->records++;
    return true;
}

static void fuzz_one(struct text input)
{
    AUTO_FREE char *path = fuzz_line(&input);
    AUTO_JSON json_t *reply = NULL;
    AUTO_JSON json_t *before = NULL;
    struct error err = {0};
    struct seen seen = {0};

    if (!text_is_utf8(text_of(path)) || !json_read(input, JSON_DEPTH_MAX, &reply, NULL)) {
        return;
    }
    before = json_deep_copy(reply);
    if (!records_each(reply, path, take, &seen, &err)) {
        fuzz_check_error(&err);
        MUST(strcmp(err.code, "records") == 0, "%s", err.code);
    }
    MUST(json_equal(before, reply), "the answer was changed");
}
