/* How often a connector says what the language has: all of its expressions and types, walked. */
#include <string.h>

#include "map/function.h"
#include "map/overview.h"
#include "map/sentence.h"

#define USES_MOST 128

struct tally {
    const struct program *program;
    struct arena *arena;
    struct map_use *at;
    size_t count;
};

static void add(struct tally *t, const char *kind, const char *name, unsigned times)
{
    for (size_t i = 0; i < t->count; i++) {
        if (strcmp(t->at[i].kind, kind) == 0 && strcmp(t->at[i].name, name) == 0) {
            t->at[i].count += times;
            return;
        }
    }
    if (t->count < USES_MOST) {
        t->at[t->count++] = (struct map_use){kind, arena_copy(t->arena, name), times};
    }
}

/* ---- expressions ---- */

static void walk(struct tally *t, const struct node *node);

static void walk_sentence(struct tally *t, const struct reason *reason)
{
    const struct sentence_piece *piece = reason ? reason->pieces : NULL;

    for (; piece && piece->value; piece++) {
        add(t, "operator", "{value} in a sentence", 1);
        walk(t, piece->value);
    }
}

static void count_name(struct tally *t, const struct node *node)
{
    static const char *const words[] = {"parent", "option", "org", "xero"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(node->text, words[i]) == 0) {
            add(t, "operator", words[i], 1);
        }
    }
}

static void count_node(struct tally *t, const struct node *node)
{
    static const char *const operators[NODE_CALL + 1] = {
        [NODE_INDEX] = "list[key]",
        [NODE_LIST] = "[a, b]",
        [NODE_OR] = "or",
        [NODE_AND] = "and",
        [NODE_NOT] = "not",
        [NODE_IN] = "in (…)",
        [NODE_IN_LIST] = "in list",
        [NODE_ADD] = "+",
        [NODE_SUBTRACT] = "-",
        [NODE_MULTIPLY] = "*",
        [NODE_NEGATE] = "-x",
        [NODE_ELSE] = "??",
        [NODE_COMPARE] = "== != <",
        [NODE_NUMBER] = "1.5",
        [NODE_TEXT] = "'text'",
        [NODE_TRUE] = "true false",
        [NODE_FALSE] = "true false",
    };

    if (operators[node->kind]) {
        add(t, "operator", operators[node->kind], 1);
    } else if (node->kind == NODE_NAME) {
        count_name(t, node);
    } else if (node->kind == NODE_CALL) {
        add(t, "function", node->text, 1);
        walk_sentence(t, dict_get(t->program->reasons, NODE_KEY(node)));
    } else if (node->kind == NODE_DOCUMENT) {
        add(t, "document", !node->text[0] ? "@" : node->a ? "@mapping(record)" : "@mapping", 1);
    }
    if (dict_get(t->program->document_fields, NODE_KEY(node))) {
        add(t, "document", arena_printf(t->arena, "@.%s", node->text), 1);
    }
}

static void walk(struct tally *t, const struct node *node)
{
    if (!node) {
        return;
    }
    count_node(t, node);
    walk(t, node->a);
    walk(t, node->b);
    for (size_t i = 0; i < node->item_count; i++) {
        walk(t, node->items[i]);
    }
    for (size_t i = 0; i < node->labelled_count; i++) {
        walk(t, node->labelled[i].value);
    }
}

/* What the checker looks at elsewhere, or not at all. */
static void walk_source(struct tally *t, const char *source)
{
    struct syntax_error err;

    if (source[0]) {
        walk(t, expression_parse(source, t->arena, &err));
    }
}

static void walk_guards(struct tally *t, const struct rule_guard *guards, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        walk(t, guards[i].when);
        walk_sentence(t, &guards[i].why);
    }
}

static void walk_rule(struct tally *t, const struct rule *rule)
{
    walk(t, rule->from);
    walk_guards(t, rule->guards, rule->guard_count);
    for (size_t i = 0; i < rule->field_count; i++) {
        walk(t, rule->fields[i].value);
    }
    for (size_t i = 0; i < rule->part_count; i++) {
        walk_rule(t, &rule->parts[i]);
    }
}

static void walk_mapping(struct tally *t, const struct map_mapping *mapping)
{
    walk_rule(t, &mapping->rule);
    walk(t, mapping->group);
    walk(t, mapping->member_if);
    for (size_t i = 0; i < mapping->match_count; i++) {
        walk(t, mapping->match[i]);
    }
    walk(t, mapping->gone);
    walk(t, mapping->others);
    walk(t, mapping->approve);
}

/* ---- types ---- */

static const char *name_of(const struct field_type *field)
{
    static const char *const names[] = {
        [TYPE_TEXT] = "text",         [TYPE_DECIMAL] = "decimal", [TYPE_BOOL] = "bool",
        [TYPE_DATE] = "date",         [TYPE_TIME] = "time",       [TYPE_FILE] = "file",
        [TYPE_POSITION] = "position", [TYPE_MONEY] = "money(…)",  [TYPE_MINOR] = "minor(…)",
        [TYPE_CHOICE] = "'a'|'b'",    [TYPE_REFERENCE] = "list",  [TYPE_RECORDS] = "[…]",
    };

    if (field->kind == TYPE_TEXT && field->text_most) {
        return "text(n)";
    }
    return field->kind == TYPE_REFERENCE && field->name_count > 1 ? "list|list"
                                                                  : names[field->kind];
}

static void count_type(struct tally *t, const struct record_type *type)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];
        const struct {
            bool is;
            const char *name;
        } marks[] = {{field->is_key, "*"},
                     {field->is_optional, "?"},
                     {field->is_read_only, "!"},
                     {field->is_list, "type[]"},
                     {field->is_table, "type{}"}};

        add(t, "type", name_of(field), 1);
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
            add(t, "type", marks[k].name, marks[k].is);
        }
        walk(t, field->currency);
        if (field->records) {
            count_type(t, field->records);
        }
    }
}

static void walk_list(struct tally *t, const struct map_list *list)
{
    count_type(t, list->type);
    for (size_t i = 0; i < list->condition_count; i++) {
        walk(t, list->conditions[i].value);
    }
    for (size_t i = 0; i < list->shape->member_count; i++) {
        const struct member *member = &list->shape->members[i];

        if (member->kind == MEMBER_DERIVED) {
            walk(t, member->value);
        }
    }
    for (size_t i = 0; i < list->default_count; i++) {
        walk(t, list->defaults[i].value);
    }
}

/* ---- all of it ---- */

static void start(struct tally *t)
{
    static const char *const documents[] = {"@.state", "@.id",     "@.url",   "@.code",
                                            "@.why",   "@.record", "@.target"};

    for (size_t i = 0; function_at(i); i++) {
        add(t, "function", function_at(i)->name, 0);
    }
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        add(t, "document", documents[i], 0);
    }
}

size_t map_uses(const struct program *program, struct arena *arena, const struct map_use **ret)
{
    struct tally t = {
        .program = program, .arena = arena, .at = arena_alloc(arena, USES_MOST, sizeof *t.at)};

    start(&t);
    for (size_t i = 0; i < program->mapping_count; i++) {
        walk_mapping(&t, &program->mappings[i]);
    }
    for (size_t i = 0; i < program->flow_count; i++) {
        walk_guards(&t, program->flows[i].guards, program->flows[i].guard_count);
    }
    walk_guards(&t, program->answers, program->answer_count);
    for (size_t i = 0; i < program->connector->list_count; i++) {
        walk_list(&t, &program->lists[i]);
    }
    for (size_t i = 0; i < program->connector->options.count; i++) {
        walk(&t, program->option_defaults[i]);
    }
    for (size_t i = 0; i < program->connector->events.count; i++) {
        walk_source(&t, program->connector->events.at[i].value);
    }
    *ret = t.at;
    return t.count;
}
