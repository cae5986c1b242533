/* Lines that declare something; part of script.h. */
#ifndef FERRY_TEST_MAP_SCRIPT_DECLARE_H
#define FERRY_TEST_MAP_SCRIPT_DECLARE_H

typedef bool script_fn(struct script *s, const char *word, const char *rest);

static bool script_list(struct script *s, const char *word, const char *rest)
{
    bool is_read = strcmp(word, "list") == 0 || strcmp(word, "small") == 0;
    struct declared_list *list = &s->lists[s->declared.list_count];

    *list = (struct declared_list){
        .name = script_word(s, &rest),
        .about = "",
        .record = rest,
        .derive = {s->derived[s->declared.list_count], 0},
        .has_read = is_read,
        .has_write = strcmp(word, "sink") == 0,
        .read = {"GET /", "", "*", "", "", "", "", "", "", "", 0, 0, 0},
        .write = {"POST /", "", "", "", "", "", "", 0, 0},
    };
    list->read.page = strcmp(word, "small") == 0 ? "" : "page={page}";
    list->read.complete = is_read;
    return ++s->declared.list_count < SCRIPT_MOST;
}

static bool script_derive(struct script *s, const char *word, const char *rest)
{
    struct text name = text_of(script_word(s, &rest)), list = text_split(&name, '.');

    (void)word;
    for (size_t i = 0; i < s->declared.list_count; i++) {
        if (text_is(list, s->lists[i].name)) {
            s->derived[i][s->lists[i].derive.count++] =
                (struct declared_row){arena_copy_text(s->f.arena, name), rest};
            return true;
        }
    }
    return false;
}

static bool script_option(struct script *s, const char *word, const char *rest)
{
    struct declared_option *option = &s->options[s->declared.options.count++];

    (void)word;
    *option = (struct declared_option){.name = script_word(s, &rest), .value = "", .about = ""};
    option->type = script_word(s, &rest);
    if (rest[0]) {
        json_object_set_new(s->f.options, option->name, fixture_json(rest));
    }
    /* said in a header, so that it is used; "unused" says that it is not */
    if (strcmp(option->name, "unused") != 0) {
        s->declared.headers =
            arena_printf(s->f.arena, "%s{option.%s}", s->declared.headers, option->name);
    }
    return true;
}

static bool script_mapping(struct script *s, const char *word, const char *rest)
{
    struct script_rule *rule = &s->rules[s->rule_count], *of = NULL;
    const char *name = script_word(s, &rest), *from = script_cut(s, &rest, "→");

    if (strcmp(word, "part") == 0) {
        if (s->rule_count == 0) {
            return false;
        }
        of = &s->rules[s->rule_count - 1];
        of = of->of ? of->of : of;
    }
    *rule = (struct script_rule){.of = of};
    rule->declared = (struct declared_mapping){.name = name,
                                               .about = "",
                                               .from = from ? from : "",
                                               .to = rest,
                                               .gone = "",
                                               .others = "",
                                               .approve = "",
                                               .was = "",
                                               .guards = {rule->guards, 0},
                                               .match = {rule->match, 0},
                                               .fields = {rule->fields, 0}};
    return from && ++s->rule_count < SCRIPT_MOST;
}

static struct script_rule *script_last_rule(struct script *s)
{
    return s->rule_count ? &s->rules[s->rule_count - 1] : NULL;
}

static bool script_guard(struct script *s, const char *word, const char *rest)
{
    struct script_rule *rule = script_last_rule(s);
    const char *when = script_cut(s, &rest, " because ");
    enum ferry_verdict verdict = word[0] == 's'   ? FERRY_SKIP
                                 : word[0] == 'w' ? FERRY_WAIT
                                 : word[0] == 'r' ? FERRY_RETRY
                                                  : FERRY_HOLD;

    if (!rule || !when) {
        return false;
    }
    rule->guards[rule->declared.guards.count++] = (struct declared_guard){verdict, when, rest};
    return true;
}

static bool script_field(struct script *s, const char *word, const char *rest)
{
    struct script_rule *rule = script_last_rule(s);
    const char *name = script_word(s, &rest);

    (void)word;
    if (rule) {
        rule->fields[rule->declared.fields.count++] = (struct declared_row){name, rest};
    }
    return rule != NULL;
}

static bool script_match(struct script *s, const char *word, const char *rest)
{
    struct script_rule *rule = script_last_rule(s);

    (void)word;
    if (rule) {
        rule->match[rule->declared.match.count++] = rest;
    }
    return rule != NULL;
}

static bool script_saying(struct script *s, const char *word, const char *rest)
{
    struct script_rule *rule = script_last_rule(s);

    if (rule) {
        rule = rule->of ? rule->of : rule;
        *(word[0] == 'g'   ? &rule->declared.gone
          : word[0] == 'o' ? &rule->declared.others
          : word[0] == 'w' ? &rule->declared.was
                           : &rule->declared.approve) = rest;
    }
    return rule != NULL;
}

static bool script_override(struct script *s, const char *word, const char *rest)
{
    const char *path = script_word(s, &rest);

    (void)word;
    s->overrides[s->override_count++] = (struct declared_row){path, rest};
    return true;
}

/* ---- all of them ---- */

static const struct {
    const char *word;
    script_fn *take;
} script_words[] = {
    {"list", script_list},       {"small", script_list},     {"sink", script_list},
    {"kept", script_list},       {"derive", script_derive},  {"option", script_option},
    {"mapping", script_mapping}, {"part", script_mapping},   {"skip", script_guard},
    {"wait", script_guard},      {"hold", script_guard},     {"retry", script_guard},
    {"field", script_field},     {"match", script_match},    {"gone", script_saying},
    {"others", script_saying},   {"approve", script_saying}, {"override", script_override},
    {"was", script_saying},
};

/* Whether a line declares something; done when it does. */
static bool script_declares(struct script *s, const struct script_line *line)
{
    const char *rest = line->text, *word = script_word(s, &rest);

    for (size_t i = 0; i < sizeof script_words / sizeof *script_words; i++) {
        if (strcmp(word, script_words[i].word) == 0) {
            if (!script_words[i].take(s, word, rest)) {
                script_fail(s, line, "cannot be read");
            }
            return true;
        }
    }
    return false;
}

/* The tables of pointers, once nothing is added any more. */
static void script_link(struct script *s)
{
    struct arena *arena = s->f.arena;
    struct declared_mapping *all = arena_alloc(arena, s->rule_count + 1, sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < s->rule_count; i++) {
        struct declared_mapping *parts = arena_alloc(arena, SCRIPT_MOST, sizeof *parts);
        struct declared_mapping *mapping = &s->rules[i].declared;

        if (s->rules[i].of) {
            continue;
        }
        mapping->parts = parts;
        mapping->part_count = 0;
        for (size_t k = i + 1; k < s->rule_count && s->rules[k].of; k++) {
            parts[mapping->part_count++] = s->rules[k].declared;
        }
        all[count++] = *mapping;
    }
    s->flow = (struct declared_flow){
        .name = "flow", .about = "", .when = "", .mappings = all, .mapping_count = count};
    s->declared.lists = s->lists;
    s->declared.options.at = s->options;
    s->declared.flows = &s->flow;
    s->declared.flow_count = 1;
}

#endif
