#include "map/compile.h"

#include "base/memory.h"
#include "map/function.h"
#include "map/sentence.h"

/* ---- expressions ---- */

const struct node *compile_expression(struct checker *c, const char *where, const char *source)
{
    struct syntax_error err = {0};
    const struct node *node = expression_parse(source, c->arena, &err);

    c->where = where;
    c->source = source;
    if (!node) {
        struct node at = {.column = err.column};

        check_fail(c, &at, "%s", err.sentence);
    }
    return node;
}

const struct node *compile_checked(struct checker *c, const char *where, const char *source,
                                   const struct place *place, const struct type *want)
{
    const struct node *node = compile_expression(c, where, source);
    struct type type;

    if (!node || !check_infer(c, node, place, &type)) {
        return NULL;
    }
    return !want || check_fits(c, node, &type, want, where) ? node : NULL;
}

static bool compile_guard(struct checker *c, const char *where,
                          const struct declared_guard *declared, struct place *place,
                          struct rule_guard *ret)
{
    const struct type truth = {.is = IS_BOOL};

    *ret = (struct rule_guard){.verdict = declared->verdict, .source = declared->when};
    ret->when = compile_checked(c, where, declared->when, place, &truth);
    c->source = declared->why;
    if (!reason_check(c, declared->why, 0, place, &ret->why)) {
        return false;
    }
    if (declared->verdict < FERRY_HOLD && place->shape == c->program->answer) {
        return check_fail(c, NULL,
                          "an answer is HOLD, RETRY or TAKEN; nothing else follows from it");
    }
    if (declared->verdict > FERRY_HOLD && place->shape != c->program->answer) {
        return check_fail(c, NULL, "RETRY and TAKEN are for answers of an API");
    }
    if (ret->when) {
        /* what follows a guard knows that it was not true */
        place->facts = facts_if_false(c, ret->when, place->facts);
    }
    return ret->when != NULL;
}

bool compile_guards(struct checker *c, const char *where, const struct declared_guards *declared,
                    struct place *place, struct rule_guard **ret)
{
    bool ok = true;

    *ret = arena_alloc(c->arena, declared->count + 1, sizeof **ret);
    for (size_t i = 0; i < declared->count; i++) {
        const char *at = arena_printf(c->arena, "%s guard %zu", where, i + 1);

        ok = compile_guard(c, at, &declared->at[i], place, &(*ret)[i]) && ok;
    }
    return ok;
}

/* ---- names ---- */

#define NAME_MAX_BYTES 63

bool compile_name(struct checker *c, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char rest[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    return (strspn(name, letters) > 0 && strspn(name, rest) == strlen(name) &&
            strlen(name) <= NAME_MAX_BYTES) ||
           check_fail(c, NULL,
                      "'%.80s' is no name; a name has letters, digits and '_', begins with a "
                      "letter, and is at most %d long",
                      name, NAME_MAX_BYTES);
}

/* ---- the whole ---- */

bool map_compile(const struct declaration *connector, const struct declaration *xero,
                 const struct map_overrides *overrides, struct arena *arena, struct program **ret,
                 struct complaints *ret_complaints)
{
    struct program *program = arena_alloc(arena, 1, sizeof *program);
    struct checker c = {.program = program, .arena = arena, .where = connector->id};
    struct complaint *kept;

    program->connector = connector;
    program->arena = arena;
    program->searches = dict_new();
    program->shapes = dict_new();
    program->reasons = dict_new();
    program->document_fields = dict_new();
    program->number_sums = dict_new();
    compile_lists(&c, xero);
    compile_options(&c);
    compile_mappings(&c);
    if (c.count == 0) {
        /* names and types are sound: now what is said with them */
        check_lists(&c);
        check_flows(&c, overrides);
        compile_finish(&c);
    }
    kept = arena_alloc(arena, c.count + 1, sizeof *kept);
    if (c.count) {
        memcpy(kept, c.complaints, c.count * sizeof *kept);
    }
    *ret_complaints = (struct complaints){kept, c.count};
    memory_free(c.complaints);
    if (c.count) {
        map_free(program);
        return false;
    }
    *ret = program;
    return true;
}

void map_free(struct program *program)
{
    if (program) {
        dict_free(program->searches);
        dict_free(program->shapes);
        dict_free(program->reasons);
        dict_free(program->document_fields);
        dict_free(program->number_sums);
    }
}
