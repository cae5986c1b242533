/*
 * Small declarations and what comes of them, as lines of text: docs/mapping.md shows these lines
 * to people, docs_test runs them from there, check_test has its own. One line, one thing:
 *
 *   list NAME TYPE        a list that is read; `small`: read whole; `sink`: written; `kept`:
 * neither derive LIST.NAME EXPRESSION option NAME TYPE JSON mapping NAME FROM → TO, then its skip,
 * wait, hold, match, field, gone, approve, others part NAME FROM → FIELD, then its skip and field
 *   override PATH EXPRESSION
 *   put LIST JSON         a record; `document MAPPING KEY JSON`: what the ledger knows
 *   at LIST KEY           the record in scope from here on
 *   make MAPPING ROOT → RESULT
 *   wrong PLACE ✗ COMPLAINT
 *   EXPRESSION → VALUE
 *   EXPRESSION ✗ COMPLAINT
 */
#ifndef FERRY_TEST_MAP_SCRIPT_H
#define FERRY_TEST_MAP_SCRIPT_H

#include <stdio.h>

#include "fixture.h"
#include "map/compile.h"
#include "map/function.h"

#define SCRIPT_MOST 32

struct script_line {
    unsigned number;
    const char *text;
};

/* A mapping, or a part of one. */
struct script_rule {
    struct declared_mapping declared;
    struct script_rule *of; /* of a part */
    struct declared_row fields[SCRIPT_MOST];
    struct declared_guard guards[8];
    const char *match[4];
};

struct script {
    struct fixture f;
    const char *name; /* of the file, for messages */
    struct script_line lines[512];
    size_t line_count;
    struct declaration declared;
    struct declared_list lists[SCRIPT_MOST];
    struct declared_row derived[SCRIPT_MOST][8];
    struct declared_option options[8];
    struct declared_row overrides[4];
    size_t override_count;
    struct script_rule rules[SCRIPT_MOST];
    size_t rule_count;
    struct declared_flow flow;
    const char *at_list, *at_key;
    unsigned failures, examples;
};

/* The names of functions that some example used with a value. */
static bool script_seen[64];

static void script_fail(struct script *s, const struct script_line *line, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void script_fail(struct script *s, const struct script_line *line, const char *format, ...)
{
    char said[2000];
    va_list args;

    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    print_error("%s:%u: %s\n    %s\n", s->name, line->number, line->text, said);
    s->failures++;
}

/* ---- taking lines apart ---- */

static struct text script_blank_free(struct script *s, struct text t, const char **ret)
{
    t = text_trim(t);
    *ret = t.size ? arena_copy_text(s->f.arena, t) : "";
    return t;
}

/* The first word of a text; *text is what follows. */
static const char *script_word(struct script *s, const char **text)
{
    size_t size = strcspn(*text, " ");
    const char *word, *rest;

    (void)script_blank_free(s, (struct text){*text, size}, &word);
    (void)script_blank_free(s, text_of(*text + size), &rest);
    *text = rest;
    return word;
}

/* Cut at a mark: returns what stands before it, *text is what follows; NULL when it is not there.
 */
static const char *script_cut(struct script *s, const char **text, const char *mark)
{
    const char *at = strstr(*text, mark), *before, *rest;

    if (!at) {
        return NULL;
    }
    (void)script_blank_free(s, (struct text){*text, (size_t)(at - *text)}, &before);
    (void)script_blank_free(s, text_of(at + strlen(mark)), &rest);
    *text = rest;
    return before;
}

#include "script_declare.h"
#include "script_run.h"

#endif
