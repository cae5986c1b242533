/* The shapes of Xero's answers. */
#include "xero.h"

void xero_reply_list(struct twin *twin, struct reply *r, const char *name, json_t *list,
                     json_t *pagination)
{
    json_t *j = json_object();

    json_object_set_new(j, "Id", value_uuid());
    json_object_set_new(j, "Status", json_string("OK"));
    json_object_set_new(j, "ProviderName", json_string("ferry"));
    value_set_instant(j, "DateTimeUTC", twin_now(twin));
    if (pagination) {
        json_object_set_new(j, "pagination", pagination);
    }
    json_object_set_new(j, name, list);
    reply_json(r, 200, j);
}

static const char *error_type(int number)
{
    return number == 10   ? "ValidationException"
           : number == 16 ? "QueryParseException"
           : number == 20 ? "ApiMethodNotImplementedException"
                          : "PostDataInvalidException";
}

void xero_reply_error(struct reply *r, int number, const char *message, json_t *elements)
{
    json_t *j = json_object();

    json_object_set_new(j, "ErrorNumber", json_new_int(number));
    json_object_set_new(j, "Type", json_string(error_type(number)));
    json_object_set_new(j, "Message", json_string(message));
    if (elements) {
        json_object_set_new(j, "Elements", elements);
    }
    reply_json(r, number == 20 ? 501 : 400, j);
}

void xero_reply_not_found(struct reply *r)
{
    reply_text(r, 404, "text/html",
               "<html><body><p>The resource you're looking for cannot be found</p></body></html>");
}

/* ---- XML ---- */

static void add_escaped(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        char c = t.at[i];
        if (c == '<' || c == '>' || c == '&') {
            buffer_add_cstr(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        } else {
            buffer_add_char(out, c);
        }
    }
}

static void add_xml(struct buffer *out, const char *name, const json_t *j)
{
    const char *key;
    json_t *value;
    size_t i;

    buffer_addf(out, "<%s>", name);
    json_array_foreach(j, i, value)
    {
        add_xml(out, "Element", value);
    }
    json_object_foreach((json_t *)(uintptr_t)j, key, value)
    {
        add_xml(out, key, value);
    }
    if (json_is_boolean(j)) {
        buffer_add_cstr(out, json_is_true(j) ? "true" : "false");
    }
    add_escaped(out, json_text(j));
    buffer_addf(out, "</%s>", name);
}

void xero_reply_as_xml(struct reply *r)
{
    AUTO_JSON json_t *j = NULL;

    if (json_read(buffer_text(&r->body), JSON_DEPTH_MAX, &j, NULL)) {
        buffer_clear(&r->body);
        add_xml(&r->body, "Response", j);
        r->type = "text/xml; charset=utf-8";
    }
}
