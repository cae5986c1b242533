#include "base/memory.h"
#include "schedule/engine_internal.h"

/*
 * What a connector's file declares, and the program that it compiles to, once for all integrations
 * that use the same file with the same mappings in the config: a program is megabytes, and nothing
 * writes to it.
 */
struct site_program {
    const char *sha256, *mappings;
    struct arena *arena;
    struct connector_verdict verdict;
    const struct declaration *declaration;
    struct program *program; /* NULL: not compiled yet */
    size_t users;
    struct site_program *next;
};

const struct connector_verdict *site_verdict(const struct site *m)
{
    static const struct connector_verdict none;

    return m->shared ? &m->shared->verdict : &none;
}

/* The mappings of the config as one text. */
static const char *mappings_of(const struct site *m)
{
    const char *all = "";

    for (size_t i = 0; i < m->config->mappings.count; i++) {
        all = arena_printf(m->engine->scratch, "%s\n%s=%s", all, m->config->mappings.at[i].name,
                           m->config->mappings.at[i].expression);
    }
    return all;
}

static void look(struct site *m)
{
    m->declaration = m->shared->declaration;
    m->integration.program = m->shared->program;
}

bool site_program_use(struct site *m, const char *sha256)
{
    const char *mappings = mappings_of(m);

    for (struct site_program *s = m->engine->programs; s; s = s->next) {
        /* one that was refused is nobody else's: it may be released meanwhile */
        if (s->declaration && strcmp(s->sha256, sha256) == 0 &&
            strcmp(s->mappings, mappings) == 0) {
            s->users++;
            m->shared = s;
            look(m);
            return true;
        }
    }
    return false;
}

struct arena *site_program_begin(struct site *m, const char *sha256)
{
    struct site_program *s = memory_new(1, sizeof *s);

    s->arena = arena_new(ENGINE_ARENA_MAX);
    s->sha256 = arena_copy(s->arena, sha256);
    s->mappings = arena_copy(s->arena, mappings_of(m));
    s->users = 1;
    s->next = m->engine->programs;
    m->engine->programs = s;
    m->shared = s;
    return s->arena;
}

void site_program_described(struct site *m, const struct connector_verdict *verdict)
{
    m->shared->verdict = *verdict;
    m->shared->declaration = m->declaration;
}

bool site_program_compile(struct site *m)
{
    const struct config_integration *c = m->config;
    struct site_program *s = m->shared;
    struct declared_row *rows = arena_alloc(s->arena, c->mappings.count + 1, sizeof *rows);
    struct map_overrides overrides = {rows, c->mappings.count};
    struct complaints complaints = {NULL, 0};
    char hex[CRYPTO_SHA256_HEX];

    for (size_t i = 0; i < c->mappings.count; i++) {
        rows[i] = (struct declared_row){c->mappings.at[i].name, c->mappings.at[i].expression};
    }
    if (!s->program && !map_compile(s->declaration, m->engine->xero, &overrides, s->arena,
                                    &s->program, &complaints)) {
        const struct complaint *first = &complaints.at[0];

        return error_set(site_problem(m), ERROR_CONFIG, "connector-wrong",
                         "%s/%s:%u: %s (in \"%.200s\"; %zu complaints in all)", s->declaration->id,
                         first->place, first->column, first->sentence, first->source,
                         complaints.count);
    }
    look(m);
    m->integration.program_hash = arena_copy(
        m->engine->scratch,
        crypto_sha256_hex(text_of(arena_printf(m->engine->scratch, "%s%s", s->sha256, s->mappings)),
                          hex));
    return true;
}

void site_program_drop(struct site *m)
{
    struct site_program *s = m->shared, **at = &m->engine->programs;

    m->shared = NULL;
    m->declaration = NULL;
    m->integration.program = NULL;
    if (!s || --s->users > 0) {
        return;
    }
    while (*at != s) {
        at = &(*at)->next;
    }
    *at = s->next;
    map_free(s->program);
    arena_free(s->arena);
    memory_free(s);
}
