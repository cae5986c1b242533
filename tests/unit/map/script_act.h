/* What one line of a script does: values as text, expressions, documents; part of script.h. */
#ifndef FERRY_TEST_MAP_SCRIPT_ACT_H
#define FERRY_TEST_MAP_SCRIPT_ACT_H

/* ---- values as text ---- */

static const char *script_spelt(struct script *s, struct value value);

static const char *script_spelt_list(struct script *s, struct value value)
{
    const char *out = "[";

    for (size_t i = 0; i < value.list.count; i++) {
        out = arena_printf(s->f.arena, "%s%s%s", out, i ? ", " : "",
                           script_spelt(s, value.list.at[i]));
    }
    return arena_printf(s->f.arena, "%s]", out);
}

static const char *script_spelt(struct script *s, struct value value)
{
    struct text plain = value_spelling(value, s->f.arena);

    switch (value.kind) {
    case VALUE_ABSENT:
        return "nothing";
    case VALUE_TEXT:
        return arena_printf(s->f.arena, "\"%.*s\"", TEXT_ARGS(plain));
    case VALUE_MONEY:
        return arena_printf(s->f.arena, "%.*s %s", TEXT_ARGS(plain),
                            value.money.currency[0] ? value.money.currency : "of any currency");
    case VALUE_RECORD:
        return arena_printf(s->f.arena, "%s/%s", value.record.list, value.record.key);
    case VALUE_LIST:
        return script_spelt_list(s, value);
    case VALUE_DOCUMENT:
        return value.document.key
                   ? arena_printf(s->f.arena, "@%s/%s", value.document.mapping, value.document.key)
                   : arena_printf(s->f.arena, "no @%s", value.document.mapping);
    case VALUE_WHOLE:
        return "all records";
    case VALUE_FILE:
        return "a file";
    case VALUE_TABLE:
        return "a table";
    default:
        return plain.at;
    }
}

/* ---- expressions ---- */

static void script_note_function(const struct node *node)
{
    static const struct function *const tables[] = {functions_of_choice,  functions_of_text,
                                                    functions_of_numbers, functions_of_days,
                                                    functions_of_lists,   functions_of_groups};
    size_t at = 0;

    if (!node) {
        return;
    }
    for (size_t t = 0; node->kind == NODE_CALL && t < sizeof tables / sizeof *tables; t++) {
        for (const struct function *f = tables[t]; f->name; f++, at++) {
            script_seen[at] = script_seen[at] || strcmp(f->name, node->text) == 0;
        }
    }
    for (size_t i = 0; i < node->item_count; i++) {
        script_note_function(node->items[i]);
    }
    for (size_t i = 0; i < node->labelled_count; i++) {
        script_note_function(node->labelled[i].value);
    }
    script_note_function(node->a);
    script_note_function(node->b);
}

static const struct node *script_check(struct script *s, const char *source, const char **ret)
{
    const struct map_list *list = s->at_list ? map_list_find(s->f.program, s->at_list) : NULL;
    const struct place place = {.shape = list ? list->shape : NULL};
    struct checker c = {.program = s->f.program, .arena = s->f.arena};
    const struct node *node = compile_checked(&c, "here", source, &place, NULL);

    *ret = c.count ? c.complaints[0].sentence : "";
    memory_free(c.complaints);
    return node;
}

static const char *script_evaluate(struct script *s, const struct node *node)
{
    const struct map_list *list = s->at_list ? map_list_find(s->f.program, s->at_list) : NULL;
    struct scope scope = {.here = list ? record_of(list, s->at_key) : (struct record_value){0}};
    struct evaluation e;
    struct value value;
    const char *out;

    fixture_open_world(&s->f);
    evaluation_start(&e, s->f.program, &s->f.world, s->f.arena);
    if (evaluate(&e, node, &scope, &value)) {
        out = script_spelt(s, value);
    } else {
        out = e.bug.kind == ERROR_NONE
                  ? arena_printf(s->f.arena, "held %s", e.code)
                  : arena_printf(s->f.arena, "BUG %s: %s", e.bug.code, e.bug.text);
    }
    for (size_t i = 0; i < e.note_count; i++) {
        struct text rest = text_of(e.notes[i]), code = text_split(&rest, ':');

        out = arena_printf(s->f.arena, "%s, noted %.*s", out, TEXT_ARGS(code));
    }
    evaluation_done(&e);
    return out;
}

static void script_expression(struct script *s, const struct script_line *line, const char *source,
                              const char *expected, bool is_wrong)
{
    const char *complaint = "";
    const struct node *node = script_check(s, source, &complaint);
    const char *got;

    s->examples++;
    if (!node && !is_wrong) {
        script_fail(s, line, "the checker says: %s", complaint);
    } else if (node && is_wrong) {
        script_fail(s, line, "the checker takes it");
    } else if (!node && !strstr(complaint, expected)) {
        script_fail(s, line, "the checker says: %s", complaint);
    } else if (node) {
        script_note_function(node);
        got = script_evaluate(s, node);
        if (strcmp(got, expected) != 0) {
            script_fail(s, line, "it is: %s", got);
        }
    }
}

/* ---- documents ---- */

struct script_made {
    struct script *s;
    const char *out;
    bool with_sentences; /* where the example says one, in double quotes */
};

static void script_see(void *owner, const struct map_subject *subject)
{
    struct script_made *made = owner;
    AUTO_FREE char *body = subject->body ? json_write_text(subject->body) : NULL;
    struct arena *arena = made->s->f.arena;
    const char *out = body ? body : "";

    if (!body) {
        out = arena_printf(arena, "%s %s%s%s",
                           subject->verdict == MAP_SKIP   ? "skip"
                           : subject->verdict == MAP_WAIT ? "wait"
                                                          : "held",
                           subject->code, subject->field[0] ? " at " : "", subject->field);
    }
    if (!body && made->with_sentences) {
        out = arena_printf(arena, "%s \"%s\"", out, subject->sentence);
    }
    if (subject->match_id) {
        out = arena_printf(arena, "%s is %s", out, subject->match_id);
    }
    if (subject->approve[0]) {
        out = arena_printf(arena, "%s needs %s", out, subject->approve);
    }
    made->out = arena_printf(arena, "%s%s%s", made->out, made->out[0] ? "; " : "", out);
}

static bool script_make(struct script *s, const struct script_line *line, const char *rest)
{
    const char *what = script_cut(s, &rest, "→"), *name = what ? script_word(s, &what) : "";
    const struct map_mapping *mapping = map_mapping_find(s->f.program, name);
    struct script_made made = {s, "", strncmp(rest, "{", 1) != 0 && strchr(rest, '"')};
    struct error err = {0};

    s->examples++;
    fixture_open_world(&s->f);
    if (!mapping) {
        return false;
    }
    if (!map_evaluate(&s->f.in, mapping, what, script_see, &made, &err)) {
        script_fail(s, line, "BUG %s: %s", err.code, err.text);
    } else if (strcmp(made.out, rest) != 0) {
        script_fail(s, line, "it is: %s", made.out);
    }
    return true;
}

static bool script_document(struct script *s, const char *rest)
{
    const char *mapping = script_word(s, &rest), *key = script_word(s, &rest);
    json_t *document = fixture_json(rest);

    json_object_set_new(document, "mapping", json_new_text(text_of(mapping)));
    json_object_set_new(document, "key", json_new_text(text_of(key)));
    json_object_set_new(document, "root", json_new_text(text_of(key)));
    json_array_append_new(s->f.documents, document);
    return true;
}

#endif
