/*
 * A small connector with records, in which one expression may stand in any place: as a field, a
 * guard, a match, a derived field, a group's key, …
 */
#ifndef FERRY_TESTS_FUZZ_MAPPING_WORLD_H
#define FERRY_TESTS_FUZZ_MAPPING_WORLD_H

#include "said.h"
#include "unit/map/grammar.h"

#define ARENA_MAX ((size_t)256 << 20)

#define MORE                                                                                       \
    "sink papers *PaperID: text!, Name: text(30), Note: text?, Kind: 'a'|'b'?, Day: date?, "       \
    "At: time?, Amount: money(Currency)?, Number: decimal?, Ok: bool?, Owner: users?, "            \
    "Bill: bills?, Tags: text[]?, Currency: text?, File: file?, Inner.Code: text(5)?, "            \
    "Lines: [Name: text?, Amount: money(parent.Currency)?, N: decimal?]?\n"                        \
    "derive things.fresh exists(rate)\n"                                                           \
    "derive users.greeting join(' ', 'Dear', name)\n"                                              \
    "mapping paper things → papers\n"                                                            \
    "skip n == 99 because skipped: It is skipped.\n"                                               \
    "wait fresh and not ok because waiting: It waits.\n"                                           \
    "match Name == parent.id\n"                                                                    \
    "field Name join(' ', id, owner.greeting)\n"                                                   \
    "field Note name\n"                                                                            \
    "field Kind kind\n"                                                                            \
    "field Day day\n"                                                                              \
    "field At at\n"                                                                                \
    "field Amount total\n"                                                                         \
    "field Number n\n"                                                                             \
    "field Ok ok\n"                                                                                \
    "field Owner owner\n"                                                                          \
    "field Bill @bill\n"                                                                           \
    "field Tags tags\n"                                                                            \
    "field Currency currency\n"                                                                    \
    "field File file\n"                                                                            \
    "field Inner.Code inner.code\n"                                                                \
    "gone 'remove'\n"                                                                              \
    "approve if(total > 0, 'all')\n"                                                               \
    "part line lines → Lines\n"                                                                  \
    "skip n == 3 because third: x\n"                                                               \
    "field Name code\n"                                                                            \
    "field Amount amount\n"                                                                        \
    "field N n\n"                                                                                  \
    "mapping detail things.lines → papers\n"                                                     \
    "field Name id\n"                                                                              \
    "mapping each group(things, by: currency) → papers\n"                                        \
    "field Name by\n"                                                                              \
    "field Number count(rows)\n"                                                                   \
    "mapping one → papers\n"                                                                     \
    "field Name option.prefix\n"                                                                   \
    "put papers {\"PaperID\":\"p1\",\"Name\":\"1\"}\n"                                             \
    "document detail 1/l1 {\"state\":\"held\",\"code\":\"x\",\"why\":\"y\"}\n"

/* ---- Xero, with the few lists that these mappings look at ---- */

static bool is_wanted(const struct declared_list *list)
{
    static const char *const names[] = {"xero.Organisation"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(list->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const struct declaration *small_xero(struct arena *arena)
{
    struct declaration *small = arena_alloc(arena, 1, sizeof *small);
    struct declared_list *lists;
    const struct declaration *all = NULL;
    struct error err = {0};

    MUST(xero_declaration(arena, &all, &err), "%s", err.text);
    *small = *all;
    lists = arena_alloc(arena, all->list_count, sizeof *lists);
    small->list_count = 0;
    for (size_t i = 0; i < all->list_count; i++) {
        if (is_wanted(&all->lists[i])) {
            lists[small->list_count++] = all->lists[i];
        }
    }
    small->lists = lists;
    return small;
}

/* ---- the connector ---- */

static struct script *world;
static struct arena *world_lines; /* with the text of its lines */
static const struct declared_guard answers[] = {
    {FERRY_RETRY, "status == 429", "busy: It is busy."}};
static struct declared_guard fuzzed_answers[1];

static void compile_world(struct arena *arena, const struct map_overrides *overrides)
{
    struct script *s = world;

    s->f.arena = arena;
    s->f.program = NULL;
    script_link(s);
    if (!map_compile(&s->declared, s->f.xero, overrides, arena, &s->f.program, &s->f.complaints)) {
        s->f.program = NULL;
    }
}

static void make_world(void)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct script *s = memory_new(1, sizeof *s);
    bool declares[512] = {false};

    world = s;
    script_start(s, "world");
    world_lines = s->f.arena;
    s->f.xero = small_xero(s->f.arena);
    script_add(s, TEXT(GRAMMAR_WORLD MORE), 1);
    for (size_t i = 0; i < s->line_count; i++) {
        declares[i] = script_declares(s, &s->lines[i]);
    }
    memcpy(fuzzed_answers, answers, sizeof answers);
    s->declared.answers.at = fuzzed_answers;
    s->declared.answers.count = 1;
    s->lists[0].read.only = s->lists[0].read.gone = "";
    compile_world(arena, NULL);
    for (size_t i = 0; i < s->f.complaints.count; i++) {
        MUST(false, "%s: %s", s->f.complaints.at[i].place, s->f.complaints.at[i].sentence);
    }
    for (size_t i = 0; i < s->line_count; i++) {
        if (!declares[i]) {
            script_line_run(s, &s->lines[i]);
        }
    }
    MUST(s->failures == 0, "the world cannot be made");
    map_free(s->f.program);
    arena_free(arena);
}

/* ---- places for an expression ---- */

#define SLOTS_MOST 128

static size_t add_slot(const char **slots[], size_t count, const char **slot)
{
    MUST(count < SLOTS_MOST, "too many places");
    slots[count] = slot;
    return count + 1;
}

static size_t add_rows(const char **slots[], size_t count, struct declared_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        count = add_slot(slots, count, &rows[i].value);
    }
    return count;
}

/* Every place of the connector where an expression may stand. */
static inline size_t all_slots(const char **slots[])
{
    struct script *s = world;
    size_t count = 0;

    for (size_t i = 0; i < s->declared.list_count; i++) {
        count = add_rows(slots, count, s->derived[i], s->lists[i].derive.count);
    }
    for (size_t i = 0; i < s->rule_count; i++) {
        struct script_rule *rule = &s->rules[i];

        count = add_rows(slots, count, rule->fields, rule->declared.fields.count);
        for (size_t k = 0; k < rule->declared.guards.count; k++) {
            count = add_slot(slots, count, &rule->guards[k].when);
        }
        for (size_t k = 0; k < rule->declared.match.count; k++) {
            count = add_slot(slots, count, &rule->match[k]);
        }
        count = add_slot(slots, count, &rule->declared.from);
        count = add_slot(slots, count, &rule->declared.approve);
        count = add_slot(slots, count, &rule->declared.gone);
    }
    count = add_slot(slots, count, &s->lists[0].read.only);
    count = add_slot(slots, count, &s->lists[0].read.gone);
    count = add_slot(slots, count, &fuzzed_answers[0].when);
    return add_slot(slots, count, &s->options[0].value);
}

#endif
