#include "intake/reading.h"

#include <stdlib.h>

static void set_text(json_t *context, const char *name, const char *value)
{
    json_object_set_new(context, name, json_new_text(text_of(value)));
}

static void set_number(json_t *context, const char *name, int64_t value)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%lld", (long long)value);
    set_text(context, name, digits);
}

/* ---- windows of days ------------------------------------------------------------------------ */

static void set_day(json_t *context, const char *name, struct date day)
{
    char text[DATE_TEXT_MAX];

    set_text(context, name, date_format(day, text));
}

/* Windows begin at the option `start`. Where the day changes first, it is a day ahead of UTC. */
static bool set_window(const struct reading *r, json_t *context, struct error *err)
{
    struct text start = json_text(json_object_get(r->intake->integration->options, "start"));
    int32_t last = date_to_days(instant_day_utc(r->pass)) + 1, days = (int32_t)r->read->window_days;
    struct date first;
    int32_t from, to;

    if (!start.at || !date_parse(start, &first, NULL)) {
        return error_set(err, ERROR_CONFIG, "start",
                         "%s is read from the option start on, which is no date.",
                         map_list_declared(r->list)->name);
    }
    from = date_to_days(first) + (int32_t)(r->page - 1) * days;
    to = from + days - 1;
    set_day(context, "from", date_from_days(from));
    set_day(context, "to", date_from_days(to < last || from > last ? to : last));
    return true;
}

static bool has_window(const struct reading *r, int64_t page)
{
    struct text start = json_text(json_object_get(r->intake->integration->options, "start"));
    struct date first;

    return start.at && date_parse(start, &first, NULL) &&
           date_to_days(first) + (page - 1) * (int64_t)r->read->window_days <=
               date_to_days(instant_day_utc(r->pass)) + 1;
}

/* ---- the request ---------------------------------------------------------------------------- */

/* The host's placeholders, the options, and the parent record under the field that refers to it. */
static json_t *page_context(const struct reading *r)
{
    json_t *context = json_object();
    char since[INSTANT_TEXT_MAX];

    json_object_set(context, "option", r->intake->integration->options);
    if (r->parent_field) {
        json_object_set(context, r->parent_field, r->parent_record);
    }
    set_number(context, "page", r->page);
    set_number(context, "offset", r->offset);
    if (r->cursor) {
        set_text(context, "cursor", r->cursor);
    }
    set_text(context, "since", instant_format(r->since_ms - r->since_ms % 1000, since));
    return context;
}

static bool add_query(struct reading *r, const char *template, const json_t *context,
                      struct error *err)
{
    bool has_query = r->url.at && strchr(r->url.at, '?') != NULL;

    buffer_add_char(&r->url, has_query ? '&' : '?');
    return template_fill(template, context, &r->url, err);
}

/* "Name: template" is a header, anything else a query. */
static bool add_since(struct reading *r, const json_t *context, struct error *err)
{
    const char *colon = strstr(r->read->since, ": ");

    if (!colon || strchr(r->read->since, '=')) {
        return add_query(r, r->read->since, context, err);
    }
    buffer_clear(&r->header_value);
    r->headers[0] =
        arena_copy_text(r->arena, (struct text){r->read->since, (size_t)(colon - r->read->since)});
    if (!template_fill_header(colon + 2, context, &r->header_value, err)) {
        return false;
    }
    r->headers[1] = r->header_value.at;
    r->headers[2] = NULL;
    return true;
}

static bool uses_cursor(const struct reading *r)
{
    return strstr(r->read->page, "{cursor}") != NULL;
}

static bool fill_request(struct reading *r, const json_t *context, struct error *err)
{
    const char *path = strchr(r->read->get, ' ');

    if (!path) {
        return error_set(err, ERROR_CONFIG, "request", "\"%s\" is not \"METHOD /path\"",
                         r->read->get);
    }
    buffer_clear(&r->url);
    r->headers[0] = NULL;
    if (!template_fill(path + 1, context, &r->url, err)) {
        return false;
    }
    /* the first page of a cursor list has no cursor yet */
    if (r->read->page[0] && (!uses_cursor(r) || r->cursor) &&
        !add_query(r, r->read->page, context, err)) {
        return false;
    }
    if (r->read->since[0] && !r->complete && !add_since(r, context, err)) {
        return false;
    }
    if (r->url.overflow) {
        return error_set(err, ERROR_REJECTED, "request", "the request for %s is too long",
                         map_list_declared(r->list)->name);
    }
    return true;
}

bool page_request(struct reading *r, struct error *err)
{
    AUTO_JSON json_t *context = page_context(r);

    buffer_clear(&r->body);
    return (!r->read->window_days || set_window(r, context, err)) &&
           fill_request(r, context, err) &&
           (!r->read->body[0] || template_fill_json(r->read->body, context, &r->body, err)) &&
           (!r->body.overflow ||
            error_set(err, ERROR_REJECTED, "request", "the request for %s is too long",
                      map_list_declared(r->list)->name));
}

const char *page_method(const struct reading *r)
{
    size_t size = strcspn(r->read->get, " ");

    return arena_copy_text(r->arena, (struct text){r->read->get, size});
}

/* ---- the next page ---- */

static int64_t number_named(const struct reading *r, const json_t *reply, const char *name)
{
    if (strcmp(name, "offset") == 0) {
        return r->offset;
    }
    if (strcmp(name, "page") == 0) {
        return r->page;
    }
    return json_int(json_path(reply, name), 0);
}

/* "a > b" over numbers of the answer, `offset` and `page` (both already those of the next page). */
static bool more_by_condition(const struct reading *r, const json_t *reply, const char *condition)
{
    char left[128], right[128];

    if (sscanf(condition, "%127[A-Za-z0-9_.] > %127[A-Za-z0-9_.]", left, right) != 2) {
        return false;
    }
    return number_named(r, reply, left) > number_named(r, reply, right);
}

static bool has_condition(const struct reading *r)
{
    return strstr(r->read->next, " > ") != NULL;
}

static bool no_end(const struct reading *r, const char *why, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "endless-list", "%s has no end: %s.",
                     map_list_declared(r->list)->name, why);
}

/* Some APIs name the last cursor once more; with records behind it, it would go on for ever. */
static bool next_cursor(struct reading *r, const json_t *reply, size_t records, struct error *err)
{
    const char *cursor = json_path_text(reply, r->read->next);
    bool same = r->cursor && strcmp(cursor, r->cursor) == 0;

    if (same && records > 0) {
        return no_end(r, "the source names the same page as the next one, again and again", err);
    }
    memory_free(r->cursor);
    r->cursor = cursor[0] && !same ? memory_copy_text(cursor) : NULL;
    r->more = r->cursor != NULL;
    return ++r->page <= READING_PAGES_MOST || no_end(r, "more than 100000 pages", err);
}

/* Lists that count pages say how many there are, or end with an empty page. */
static bool more_pages(const struct reading *r, const json_t *reply, size_t records)
{
    int64_t count = json_int(json_path(reply, "pagination.pageCount"), -1);

    return count >= 0 ? r->page <= count : records > 0;
}

bool page_next(struct reading *r, const json_t *reply, size_t records, struct error *err)
{
    r->more = false;
    if (r->read->window_days) {
        r->more = has_window(r, ++r->page);
        return true;
    }
    if (!r->read->page[0]) {
        return true;
    }
    if (uses_cursor(r)) {
        return next_cursor(r, reply, records, err);
    }
    r->page++;
    r->offset += (int64_t)records;
    if (r->page > READING_PAGES_MOST) {
        return no_end(r, "more than 100000 pages", err);
    }
    r->more = records > 0 && (has_condition(r) ? more_by_condition(r, reply, r->read->next)
                                               : more_pages(r, reply, records));
    return true;
}
