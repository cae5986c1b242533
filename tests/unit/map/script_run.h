/* Scripts from their beginning to their end, and complaints about the whole; part of script.h. */
#ifndef FERRY_TEST_MAP_SCRIPT_RUN_H
#define FERRY_TEST_MAP_SCRIPT_RUN_H

#include "script_act.h"

/* ---- one line ---- */

static void script_line_run(struct script *s, const struct script_line *line)
{
    const char *rest = line->text, *word = script_word(s, &rest), *source;
    bool ok = true;

    if (strcmp(word, "put") == 0) {
        const char *list = script_word(s, &rest);

        fixture_put(&s->f, list, rest);
    } else if (strcmp(word, "document") == 0) {
        ok = script_document(s, rest);
    } else if (strcmp(word, "at") == 0) {
        s->at_list = script_word(s, &rest);
        s->at_key = rest;
        ok = map_list_find(s->f.program, s->at_list) != NULL;
    } else if (strcmp(word, "make") == 0) {
        ok = script_make(s, line, rest);
    } else {
        rest = line->text;
        if ((source = script_cut(s, &rest, "→"))) {
            script_expression(s, line, source, rest, false);
        } else if ((source = script_cut(s, &rest, "✗"))) {
            script_expression(s, line, source, rest, true);
        } else {
            ok = false;
        }
    }
    if (!ok) {
        script_fail(s, line, "cannot be read");
    }
}

/* ---- complaints about the whole ---- */

static bool script_is_wrong(struct script *s, const struct script_line *line, bool *used)
{
    const char *rest = line->text, *place;
    bool found = false;

    if (strncmp(line->text, "wrong ", 6) != 0) {
        return false;
    }
    (void)script_word(s, &rest);
    place = script_cut(s, &rest, "✗");
    for (size_t i = 0; place && i < s->f.complaints.count; i++) {
        if (strstr(s->f.complaints.at[i].place, place) &&
            strstr(s->f.complaints.at[i].sentence, rest)) {
            found = used[i] = true;
        }
    }
    s->examples++;
    if (!found) {
        script_fail(s, line, "nothing of the kind is said");
    }
    return true;
}

static void script_complaints(struct script *s)
{
    bool *used = arena_alloc(s->f.arena, s->f.complaints.count + 1, sizeof *used);
    bool is_wrong = false;

    for (size_t i = 0; i < s->line_count; i++) {
        is_wrong = script_is_wrong(s, &s->lines[i], used) || is_wrong;
    }
    for (size_t i = 0; i < s->f.complaints.count; i++) {
        const struct complaint *c = &s->f.complaints.at[i];

        if (!used[i]) {
            script_fail(s, &s->lines[s->line_count - 1], "%s:%u: %s in \"%s\"", c->place, c->column,
                        c->sentence, c->source);
        }
    }
    if (is_wrong && s->f.complaints.count == 0) {
        script_fail(s, &s->lines[s->line_count - 1], "the checker takes it");
    }
}

/* ---- from the beginning to the end ---- */

static inline void script_start(struct script *s, const char *name)
{
    struct error err;

    (void)fixture_compile; /* declarations are made by hand here */
    *s = (struct script){.name = name, .f = {.arena = arena_new((size_t)256 << 20)}};
    s->f.lists = json_object();
    s->f.documents = json_array();
    s->f.options = json_object();
    s->declared = (struct declaration){.id = "test",
                                       .name = "",
                                       .version = "",
                                       .about = "",
                                       .hosts = "",
                                       .login = "",
                                       .headers = "",
                                       .quota = "",
                                       .absent = "",
                                       .webhook = ""};
    if (!xero_declaration(s->f.arena, &s->f.xero, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
}

static inline void script_add(struct script *s, struct text text, unsigned number)
{
    while (text.at) {
        const char *line;

        if (script_blank_free(s, text_split(&text, '\n'), &line).size) {
            assert_true(s->line_count < sizeof s->lines / sizeof *s->lines);
            s->lines[s->line_count++] = (struct script_line){number, line};
        }
        number++;
    }
}

/* Declare, compile, and do the rest in order. */
static void script_run(struct script *s)
{
    bool declares[sizeof s->lines / sizeof *s->lines] = {false};
    struct map_overrides overrides = {s->overrides, 0};

    for (size_t i = 0; i < s->line_count; i++) {
        declares[i] = script_declares(s, &s->lines[i]);
    }
    script_link(s);
    overrides.count = s->override_count;
    s->f.connector = &s->declared;
    if (!map_compile(&s->declared, s->f.xero, &overrides, s->f.arena, &s->f.program,
                     &s->f.complaints)) {
        s->f.program = NULL;
    }
    script_complaints(s);
    for (size_t i = 0; s->f.program && i < s->line_count; i++) {
        if (!declares[i] && strncmp(s->lines[i].text, "wrong ", 6) != 0) {
            script_line_run(s, &s->lines[i]);
        }
    }
}

/* Run what was added; returns how many lines went wrong. */
static inline unsigned script_finish(struct script *s)
{
    script_run(s);
    fixture_done(&s->f);
    return s->failures;
}

#endif
