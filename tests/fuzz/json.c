/* JSON with exact numbers: read, written, read again. */
#include "fuzz.h"

/* ---- an independent look at the text: its number literals ---- */

static bool is_number_char(char c)
{
    return (c >= '0' && c <= '9') || strchr("+-.eE", c) != NULL;
}

/* The next number outside of strings, as it is written; false: there is none. */
static bool next_number(struct text *rest, struct text *ret)
{
    bool in_string = false;

    for (; rest->size; rest->at++, rest->size--) {
        char c = *rest->at;

        if (in_string && c == '\\' && rest->size > 1) {
            rest->at++;
            rest->size--;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '-' || (c >= '0' && c <= '9'))) {
            *ret = (struct text){rest->at, 0};
            while (ret->size < rest->size && ret->at[ret->size] && is_number_char(*rest->at)) {
                if (!is_number_char(ret->at[ret->size])) {
                    break;
                }
                ret->size++;
            }
            rest->at += ret->size;
            rest->size -= ret->size;
            return true;
        }
    }
    return false;
}

static size_t count_of(struct text whole, struct text number)
{
    struct text one;
    size_t count = 0;

    while (next_number(&whole, &one)) {
        count += text_equal(one, number);
    }
    return count;
}

/* Names are sorted when written, so numbers may change places, but none changes a digit. */
static void check_digits(struct text before, struct text after)
{
    struct text rest = before, one;
    unsigned looked = 0;

    while (looked++ < 50 && next_number(&rest, &one)) {
        MUST(count_of(before, one) == count_of(after, one), "the number %.*s was changed in %.*s",
             TEXT_ARGS(one), TEXT_ARGS(after));
    }
}

/* ---- what Jansson says by itself ---- */

/* Numbers are digits here, and doubles there; a text with a mark of ours is changed. */
static bool is_same(const json_t *ours, const json_t *theirs)
{
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_number(theirs)) {
        return json_is_number_text(ours);
    }
    if (json_typeof(ours) != json_typeof(theirs) ||
        json_object_size(ours) != json_object_size(theirs) ||
        json_array_size(ours) != json_array_size(theirs)) {
        return false;
    }
    json_object_foreach((json_t *)(uintptr_t)theirs, name, value)
    {
        if (!strchr(name, '\x01') && !is_same(json_object_get(ours, name), value)) {
            return false;
        }
    }
    json_array_foreach(theirs, i, value)
    {
        if (!is_same(json_array_get(ours, i), value)) {
            return false;
        }
    }
    return !json_is_string(theirs) || strchr(json_string_value(theirs), '\x01') ||
           text_equal(json_text(ours), text_of(json_string_value(theirs)));
}

static void check_like_jansson(struct text input, const json_t *read, const struct error *err)
{
    bool taken = read != NULL;
    json_error_t problem;
    json_t *j;
    bool ours; /* we take any number, and an escaped zero as U+FFFD */

    if (input.size && memchr(input.at, '\0', input.size)) {
        return; /* Jansson takes one behind a number for the end */
    }
    if (text_starts(input, "\xef\xbb\xbf")) {
        input.at += 3;
        input.size -= 3;
    }
    j = json_loadb(input.size ? input.at : "", input.size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                   &problem);
    ours = strstr(problem.text, "real number overflow") || strstr(problem.text, "too big") ||
           strstr(problem.text, "\\u0000") || strstr(problem.text, "NUL byte");
    if (!j && taken) {
        MUST(ours, "taken, but Jansson says: %s", problem.text);
    }
    MUST(!j || !taken || is_same(read, j), "Jansson reads it otherwise");
    if (j && !taken) {
        /* names with a zero or a mark of ours become one name */
        MUST(strstr(err->text, "nested too deeply") || strstr(err->text, "duplicate"),
             "refused, but Jansson takes it: %s", err->text);
    }
    json_decref(j);
}

static void fuzz_one(struct text input)
{
    AUTO_JSON json_t *j = NULL;
    AUTO_JSON json_t *again = NULL;
    AUTO_FREE char *written = NULL;
    AUTO_FREE char *written_again = NULL;
    struct error err = {0};
    bool taken = json_read(input, JSON_DEPTH_MAX, &j, &err);

    check_like_jansson(input, j, &err);
    if (!taken) {
        fuzz_check_error(&err);
        MUST(strcmp(err.code, "json") == 0 && strncmp(err.text, "line ", 5) == 0,
             "a complaint has no place: %s", err.text);
        return;
    }
    written = json_write_text(j);
    MUST(text_is_utf8(text_of(written)), "what is written is not UTF-8");
    MUST(fuzz_is_printable(text_of(written)), "what is written has control characters");
    MUST(json_read(text_of(written), JSON_DEPTH_MAX, &again, &err), "%s: %s", err.text, written);
    MUST(json_equal(j, again), "what was written is read as something else: %s", written);
    written_again = json_write_text(again);
    MUST(strcmp(written, written_again) == 0, "%s and %s", written, written_again);
    check_digits(input, text_of(written));
}
