/* A connector's options, as they were written. Their meaning is the connector's declaration. */
#include "config/config_internal.h"

/* A JSON number that arithmetic can hold; "007" and "1_000" are text. */
static bool looks_like_number(const char *text)
{
    const char *first = text[0] == '-' ? text + 1 : text;
    struct decimal parsed;
    struct error err;

    if (*first < '0' || *first > '9' || (*first == '0' && first[1] >= '0' && first[1] <= '9')) {
        return false;
    }
    return decimal_parse(text_of(text), &parsed, &err);
}

static json_t *to_json(const struct yaml_node *node);

static json_t *text_to_json(const struct yaml_node *node)
{
    struct text text = text_of(node->text);

    if (yaml_is_null(node)) {
        return json_null();
    }
    if (!node->quoted && (text_is(text, "true") || text_is(text, "false"))) {
        return json_boolean(node->text[0] == 't');
    }
    if (!node->quoted && looks_like_number(node->text)) {
        return json_new_number(text);
    }
    return json_new_text(text);
}

/* The tree is no deeper than CONFIG_DEPTH_MAX. */
static json_t *to_json(const struct yaml_node *node)
{
    json_t *json;

    if (node->kind == YAML_TEXT) {
        return text_to_json(node);
    }
    json = node->kind == YAML_MAP ? json_object() : json_array();
    for (const struct yaml_node *at = node->first; at; at = at->next) {
        if (node->kind == YAML_MAP) {
            json_object_set_new_nocheck(json, at->key->text, to_json(at));
        } else {
            json_array_append_new(json, to_json(at));
        }
    }
    return json;
}

void value_options(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    struct config_integration *integration = at;
    struct config_option_place *places;

    (void)key;
    if (value->kind != YAML_MAP) {
        if (!yaml_is_null(value)) {
            config_complain(r->complaints, value->place, NULL,
                            "options are a map: { name: value, … }");
        }
        return;
    }
    places = arena_alloc(r->arena, value->count + 1, sizeof *places);
    for (const struct yaml_node *option = value->first; option; option = option->next) {
        places[integration->option_places.count++] = (struct config_option_place){
            arena_copy(r->arena, option->key->text), option->key->place};
    }
    integration->option_places.at = places;
    integration->options = to_json(value);
}

struct config_place config_option_place(const struct config_integration *integration,
                                        const char *name)
{
    for (size_t i = 0; i < integration->option_places.count; i++) {
        if (strcmp(integration->option_places.at[i].name, name) == 0) {
            return integration->option_places.at[i].place;
        }
    }
    return integration->place;
}
