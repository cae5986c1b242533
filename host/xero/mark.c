/* Our mark on a document: "ferry=<id>" in a URL, "ferry:<id>" at the end of a text. */
#include "base/memory.h"
#include "xero/xero.h"

#define FIELD_MAX      255
#define LINE_MAX_BYTES 4000
#define URL_MAX        2000
#define URL_WORD       "ferry="
#define TEXT_WORD      "ferry:"
#define ENDING_MAX     11 /* with its dot */

/* A supplier's credit note has no number of its own; its first line carries the mark. */
static enum xero_mark_kind kind_of(const struct xero_object *object, const json_t *body)
{
    if (strcmp(object->name, "CreditNotes") == 0 &&
        strcmp(json_path_text(body, "Type"), "ACCPAYCREDIT") == 0) {
        return XERO_MARK_LINE;
    }
    return object->mark;
}

/* As many bytes as fit, without cutting a character in two. */
static size_t cut_at(struct text text, size_t most)
{
    size_t size = text.size < most ? text.size : most;

    while (size > 0 && size < text.size && ((unsigned char)text.at[size] & 0xc0) == 0x80) {
        size--;
    }
    return size;
}

static json_t *marked_text(const char *had, const char *mark, size_t most)
{
    AUTO(buffer_done) struct buffer out;
    struct text text = text_of(had);
    size_t tail = strlen(TEXT_WORD) + strlen(mark) + 1;

    buffer_init(&out, most + 1);
    text.size = cut_at(text, most > tail ? most - tail : 0);
    text = text_trim(text);
    buffer_add_text(&out, text);
    buffer_addf(&out, "%s%s%s", text.size ? " " : "", TEXT_WORD, mark);
    return json_new_text(buffer_text(&out));
}

static json_t *marked_url(const char *had, const char *mark, const char *home)
{
    AUTO(buffer_done) struct buffer out;
    struct text url = text_of(had[0] ? had : home);
    size_t tail = strlen(URL_WORD) + strlen(mark) + 1;

    buffer_init(&out, URL_MAX);
    url.size = cut_at(url, URL_MAX > tail ? URL_MAX - tail : 0);
    buffer_add_text(&out, url);
    buffer_addf(&out, "%c%s%s", memchr(url.at, '#', url.size) ? '&' : '#', URL_WORD, mark);
    return json_new_text(buffer_text(&out));
}

static json_t *first_line(const json_t *body)
{
    return json_array_get(json_object_get(body, "LineItems"), 0);
}

bool xero_mark_put(const struct xero_object *object, json_t *body, const char *mark,
                   const char *home, struct error *err)
{
    const char *field = object->mark_field;
    json_t *line;

    switch (kind_of(object, body)) {
    case XERO_MARK_URL:
        json_path_set(body, field, marked_url(json_path_text(body, field), mark, home));
        return true;
    case XERO_MARK_FIELD:
        json_path_set(body, field, marked_text(json_path_text(body, field), mark, FIELD_MAX));
        return true;
    case XERO_MARK_LINE:
        line = first_line(body);
        if (!json_is_object(line)) {
            return error_set(err, ERROR_REJECTED, "mark",
                             "The document has no line to carry Ferry's mark.");
        }
        json_path_set(line, "Description",
                      marked_text(json_path_text(line, "Description"), mark, LINE_MAX_BYTES));
        return true;
    case XERO_MARK_NONE:
    case XERO_MARK_FILE: /* by xero_file_name */
    case XERO_MARK_KEY:
    default:
        return true;
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool is_mark_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

/* What follows the last `word`; TEXT_NONE when there is none. */
static struct text after_word(const char *value, const char *word)
{
    const char *at = value, *found = NULL;

    while ((at = strstr(at, word))) {
        at += strlen(word);
        found = at;
    }
    if (!found) {
        return TEXT_NONE;
    }
    struct text mark = {found, 0};
    while (is_mark_char(found[mark.size])) {
        mark.size++;
    }
    return mark.size ? mark : TEXT_NONE;
}

/* "name-<mark>.pdf" */
static struct text file_mark(const char *name)
{
    const char *dot = strrchr(name, '.'), *end = dot ? dot : name + strlen(name), *at = end;

    while (at > name && at[-1] != '-') {
        at--;
    }
    return at > name ? (struct text){at, (size_t)(end - at)} : TEXT_NONE;
}

static struct text mark_of(const struct xero_object *object, const json_t *element)
{
    switch (kind_of(object, element)) {
    case XERO_MARK_URL:
        return after_word(json_path_text(element, object->mark_field), URL_WORD);
    case XERO_MARK_FIELD:
        return after_word(json_path_text(element, object->mark_field), TEXT_WORD);
    case XERO_MARK_LINE:
        return after_word(json_path_text(first_line(element), "Description"), TEXT_WORD);
    case XERO_MARK_FILE:
        return file_mark(json_path_text(element, object->mark_field));
    case XERO_MARK_NONE:
    case XERO_MARK_KEY:
    default:
        return TEXT_NONE;
    }
}

bool xero_mark_matches(const struct xero_object *object, const json_t *element, const char *mark)
{
    return text_is(mark_of(object, element), mark);
}

const char *xero_mark_read(const struct xero_object *object, const json_t *element,
                           struct arena *arena)
{
    struct text mark = mark_of(object, element);

    return mark.at ? arena_copy_text(arena, mark) : NULL;
}

/* ---- files ---------------------------------------------------------------------------------- */

#define STEM_MAX ((size_t)60)

/* ".pdf". What follows a dot is no ending when it is long, or holds more than letters and digits:
 * "Invoice No. 5", "../../passwd". */
const char *xero_file_ending(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t size = 1;

    if (!dot) {
        return "";
    }
    while (is_mark_char(dot[size]) && dot[size] != '-' && dot[size] != '_') {
        size++;
    }
    return size > 1 && size <= ENDING_MAX && !dot[size] ? dot : "";
}

/* Runs of anything but letters, digits, '_' and '-' become one '-'; none at either end. */
static void add_stem(struct buffer *out, struct text stem)
{
    bool bad = false;

    for (size_t i = 0; i < stem.size && out->size <= 2 * STEM_MAX; i++) {
        bool good = is_mark_char(stem.at[i]);

        if (good || !bad) {
            buffer_add_char(out, good ? stem.at[i] : '-');
        }
        bad = !good;
    }
}

static struct text without_dashes(struct text t)
{
    while (t.size && t.at[0] == '-') {
        t = (struct text){t.at + 1, t.size - 1};
    }
    while (t.size && t.at[t.size - 1] == '-') {
        t.size--;
    }
    return t;
}

const char *xero_file_name(const char *name, const char *mark, struct arena *arena,
                           bool *ret_changed)
{
    AUTO(buffer_done) struct buffer clean = {0};
    const char *ending = xero_file_ending(name);
    struct text stem = {name, strlen(name) - strlen(ending)}, kept;

    buffer_init(&clean, 1024);
    add_stem(&clean, stem);
    kept = without_dashes(buffer_text(&clean));
    kept.size = kept.size > STEM_MAX ? STEM_MAX : kept.size;
    kept = without_dashes(kept);
    *ret_changed = kept.size == 0 || !text_equal(kept, stem);
    if (kept.size == 0) {
        kept = TEXT("file");
    }
    return arena_printf(arena, "%.*s-%s%s", TEXT_ARGS(kept), mark, ending);
}
