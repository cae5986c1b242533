#include "map/overview.h"

#include "map/program.h"

static void put_text(json_t *j, const char *name, const char *text)
{
    json_object_set_new(j, name, json_new_text(text_of(text)));
}

/* ---- what becomes of the words of one field ---- */

static json_t *refusal_json(const char *mapping, const struct map_refusal *refusal)
{
    static const char *const verdicts[] = {
        [FERRY_SKIP] = "skip", [FERRY_WAIT] = "wait", [FERRY_HOLD] = "hold"};
    json_t *one = json_object();

    put_text(one, "mapping", mapping);
    put_text(one, "verdict", verdicts[refusal->verdict]);
    put_text(one, "code", refusal->code);
    put_text(one, "sentence", refusal->sentence);
    return one;
}

static json_t *word_json(const struct program *program, const struct map_list *list,
                         const char *field, const char *word, struct arena *arena)
{
    json_t *one = json_object(), *takes = json_array(), *refuses = json_array();

    put_text(one, "word", word);
    json_object_set_new(one, "takes", takes);
    json_object_set_new(one, "refuses", refuses);
    for (size_t i = 0; i < program->mapping_count; i++) {
        const struct map_mapping *mapping = &program->mappings[i];
        const char *name = mapping->rule.declared->name;
        struct map_refusal refusal;

        if (mapping->base != list) {
            continue;
        }
        if (map_refuses(mapping, field, word, arena, &refusal)) {
            json_array_append_new(refuses, refusal_json(name, &refusal));
        } else {
            json_array_append_new(takes, json_new_text(text_of(name)));
        }
    }
    return one;
}

/* NULL when the field decides nothing. */
static json_t *choice_json(const struct program *program, const struct map_list *list,
                           const struct map_choice *choice, struct arena *arena)
{
    json_t *one = json_object(), *words = json_array();
    size_t refused = 0;

    put_text(one, "field", choice->field);
    json_object_set_new(one, "words", words);
    for (size_t i = 0; i < choice->word_count; i++) {
        json_t *word = word_json(program, list, choice->field, choice->words[i], arena);

        refused += json_array_size(json_object_get(word, "refuses"));
        json_array_append_new(words, word);
    }
    if (refused == 0) {
        json_decref(one);
        return NULL;
    }
    return one;
}

/* ---- what becomes of the records of one list ---- */

static json_t *list_json(const struct program *program, const struct map_list *list,
                         struct arena *arena)
{
    json_t *one = json_object(), *choices = json_array(), *mappings = json_array();
    const struct map_choice *choice = NULL;
    size_t count = list ? map_choices(program, list, arena, &choice) : 0;

    put_text(one, "list", list ? list->declared->name : "");
    json_object_set_new(one, "mappings", mappings);
    json_object_set_new(one, "choices", choices);
    for (size_t i = 0; i < program->mapping_count; i++) {
        if (program->mappings[i].base == list) {
            json_array_append_new(mappings,
                                  json_new_text(text_of(program->mappings[i].rule.declared->name)));
        }
    }
    for (size_t i = 0; i < count; i++) {
        json_t *decided = choice_json(program, list, &choice[i], arena);

        if (decided) {
            json_array_append_new(choices, decided);
        }
    }
    return one;
}

/* Whether an earlier mapping takes the same list. */
static bool is_told(const struct program *program, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (program->mappings[i].base == program->mappings[index].base) {
            return true;
        }
    }
    return false;
}

static json_t *becomes_json(const struct program *program, struct arena *arena)
{
    json_t *all = json_array();

    for (size_t i = 0; i < program->mapping_count; i++) {
        if (!is_told(program, i)) {
            json_array_append_new(all, list_json(program, program->mappings[i].base, arena));
        }
    }
    return all;
}

/* ---- all of it ---- */

static json_t *approvals_json(const struct program *program, struct arena *arena)
{
    json_t *all = json_array();

    for (size_t i = 0; i < program->mapping_count; i++) {
        const char *const *features;
        size_t count = map_features(&program->mappings[i], arena, &features);

        for (size_t k = 0; k < count; k++) {
            json_t *one = json_object();

            put_text(one, "feature", features[k]);
            put_text(one, "mapping", program->mappings[i].rule.declared->name);
            json_array_append_new(all, one);
        }
    }
    return all;
}

static json_t *uses_json(const struct program *program, struct arena *arena)
{
    json_t *all = json_object();
    const struct map_use *use;
    size_t count = map_uses(program, arena, &use);

    for (size_t i = 0; i < count; i++) {
        json_t *kind = json_object_get(all, use[i].kind);

        if (!kind) {
            kind = json_object();
            json_object_set_new(all, use[i].kind, kind);
        }
        json_object_set_new(kind, use[i].name, json_new_int(use[i].count));
    }
    return all;
}

json_t *map_overview_json(const struct program *program)
{
    struct arena *arena = arena_new(SIZE_MAX);
    json_t *one = json_object();

    json_object_set_new(one, "becomes", becomes_json(program, arena));
    json_object_set_new(one, "approvals", approvals_json(program, arena));
    json_object_set_new(one, "uses", uses_json(program, arena));
    arena_free(arena);
    return one;
}
