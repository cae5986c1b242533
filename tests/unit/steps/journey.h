/* A machine with another inside it, and steps that leave letters. */
#ifndef FERRY_TESTS_JOURNEY_H
#define FERRY_TESTS_JOURNEY_H

#include "unit/steps/steps_fixture.h"

#define DAY_MS 86400000

/* One machine with another inside it; each step leaves a letter. */
struct journey {
    struct fixture *f;
    struct machine machine, inner;
    char trail[64];
    const char *next;      /* of the step under test */
    struct error work_err; /* what the work ends with; kind NONE: well */
    bool pass_on;          /* `got` passes an error on */
    int left;              /* rounds of "again" */
    struct arena *arena;
    struct text read;
};

static void note(struct journey *j, const char *letter)
{
    size_t used = strlen(j->trail);

    snprintf(j->trail + used, sizeof j->trail - used, "%s", letter);
}

/* ---- steps ---- */

static const char *got_nothing(void *self, const struct answer *answer)
{
    note(self, "n");
    assert_int_equal(answer->err.kind, ERROR_NONE);
    assert_int_equal(answer->status, 0);
    assert_null(answer->reply);
    return "write";
}

static bool work_write(struct db *db, void *self, struct error *err)
{
    (void)self;
    return kept_put(db, "test", "journey", TEXT("kept"), err);
}

static void ask_write(void *self, struct ask *ask)
{
    note(self, "W");
    ask->kind = ASK_WRITE;
    ask->work = work_write;
}

static const char *got_write(void *self, const struct answer *answer)
{
    note(self, "w");
    assert_int_equal(answer->err.kind, ERROR_NONE);
    return "read";
}

static bool work_read(struct db *db, void *self, struct error *err)
{
    struct journey *j = self;

    return kept_get(db, "test", "journey", j->arena, &j->read, err);
}

static void ask_read(void *self, struct ask *ask)
{
    note(self, "R");
    ask->kind = ASK_READ;
    ask->work = work_read;
}

static const char *got_read(void *self, const struct answer *answer)
{
    struct journey *j = self;

    note(j, "r");
    assert_int_equal(answer->err.kind, ERROR_NONE);
    assert_true(text_is(j->read, "kept")); /* what was written before is seen */
    return "sleep";
}

static void ask_sleep(void *self, struct ask *ask)
{
    struct journey *j = self;

    note(j, "S");
    ask->kind = ASK_SLEEP;
    ask->until_boot_ms = j->f->began_ms + DAY_MS;
}

static const char *got_sleep(void *self, const struct answer *answer)
{
    note(self, "s");
    assert_int_equal(answer->err.kind, ERROR_NONE);
    return "inner";
}

static const struct step inner_steps[];

static void ask_inner(void *self, struct ask *ask)
{
    struct journey *j = self;

    note(j, "M");
    machine_init(&j->inner, &j->f->house, "inner", inner_steps, j);
    ask->kind = ASK_MACHINE;
    ask->machine = &j->inner;
}

static const char *got_inner(void *self, const struct answer *answer)
{
    struct journey *j = self;

    note(j, "m");
    return answer->err.kind && j->pass_on ? machine_fail(&j->machine, &answer->err) : NULL;
}

static void ask_inner_sleep(void *self, struct ask *ask)
{
    struct journey *j = self;

    note(j, "I");
    ask->kind = ASK_SLEEP;
    ask->until_boot_ms = j->f->began_ms + 2LL * DAY_MS;
}

static const char *got_inner_sleep(void *self, const struct answer *answer)
{
    struct journey *j = self;

    (void)answer;
    note(j, "i");
    return j->work_err.kind ? machine_fail(&j->inner, &j->work_err) : NULL;
}

static const struct step inner_steps[] = {
    {"sleep", ask_inner_sleep, got_inner_sleep},
    {0},
};

static const char *got_jump(void *self, const struct answer *answer)
{
    struct journey *j = self;

    note(j, "j");
    return answer->err.kind && j->pass_on ? machine_fail(&j->machine, &answer->err) : j->next;
}

static bool work_jump(struct db *db, void *self, struct error *err)
{
    struct journey *j = self;

    (void)db;
    *err = j->work_err;
    return j->work_err.kind == ERROR_NONE;
}

static void ask_jump_write(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_jump;
}

static void ask_jump_read(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = work_jump;
}

static bool work_gate(struct db *db, void *self, struct error *err)
{
    return work_at_gate(db, ((struct journey *)self)->f, err);
}

static void ask_gate_write(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_gate;
}

static void ask_gate_read(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = work_gate;
}

static const char *got_again(void *self, const struct answer *answer)
{
    struct journey *j = self;

    (void)answer;
    return j->left-- > 0 ? "again" : NULL;
}

static void ask_stop(void *self, struct ask *ask)
{
    struct journey *j = self;

    machine_cancel(&j->machine);
    ask->kind = ASK_WRITE;
    ask->work = work_write;
}

static const char *got_stopped(void *self, const struct answer *answer)
{
    note(self, answer->err.kind == ERROR_CANCELLED ? "c" : "?");
    return "nothing";
}

static const char *got_and_stop(void *self, const struct answer *answer)
{
    struct journey *j = self;

    (void)answer;
    machine_cancel(&j->machine);
    return "write";
}

static const struct step steps[] = {
    {"nothing", NULL, got_nothing},
    {"write", ask_write, got_write},
    {"read", ask_read, got_read},
    {"sleep", ask_sleep, got_sleep},
    {"inner", ask_inner, got_inner},
    {"jump", NULL, got_jump},
    {"jump-write", ask_jump_write, got_jump},
    {"jump-read", ask_jump_read, got_jump},
    {"gate-write", ask_gate_write, got_jump},
    {"gate-read", ask_gate_read, got_jump},
    {"again", NULL, got_again},
    {"silent", NULL, NULL},
    {"stop-in-ask", ask_stop, got_stopped},
    {"stop-in-got", NULL, got_and_stop},
    {0},
};

#endif
