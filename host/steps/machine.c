#include "steps/errand.h"

#include "base/memory.h"

#include <stdio.h>

/* The driver: asks, waits, and goes on; see steps.h for what it promises. */

static void run(struct machine *machine);

void machine_init(struct machine *machine, struct house *house, const char *name,
                  const struct step *steps, void *self)
{
    *machine = (struct machine){.house = house, .name = name, .steps = steps, .self = self};
}

bool machine_is_running(const struct machine *machine)
{
    return machine->done && !machine->finished;
}

const char *machine_fail(struct machine *machine, const struct error *err)
{
    machine->failure = *err;
    return NULL;
}

static const struct step *find_step(const struct machine *machine, const char *name)
{
    for (const struct step *step = machine->steps; step->name; step++) {
        if (strcmp(step->name, name) == 0) {
            return step;
        }
    }
    return NULL;
}

static void end(struct machine *machine)
{
    machine->finished = true;
    machine->done(machine->owner, &machine->failure);
}

/* ---- how actions end ---- */

void machine_answered(struct machine *machine)
{
    errand_free(machine->errand);
    machine->errand = NULL;
    machine->waiting = false;
    if (!machine->asking) { /* else run is on the stack and goes on itself */
        run(machine);
    }
}

static bool work(struct db *db, void *self, struct error *err)
{
    struct machine *machine = self;

    return machine->ask.work(db, machine->self, err);
}

static void on_worked(void *self, const struct error *err)
{
    struct machine *machine = self;

    machine->answer.err = *err;
    machine_answered(machine);
}

static void on_slept(void *owner)
{
    struct machine *machine = owner;

    machine->timer = NULL;
    machine_answered(machine);
}

static void on_inner_done(void *owner, const struct error *err)
{
    struct machine *machine = owner;

    machine->answer.err = *err;
    machine_answered(machine);
}

/* ---- asking ---- */

/* Every boundary between two steps is a place where tests can kill the process. */
static void pass_boundary(const struct machine *machine)
{
#ifdef FERRY_FAULTS
    char name[64];

    snprintf(name, sizeof name, "%s.%s", machine->name, machine->step->name);
    fault_point(name);
#else
    (void)machine;
#endif
}

static void begin_action(struct machine *machine)
{
    struct ask *ask = &machine->ask;

    switch (ask->kind) {
    case ASK_NOTHING:
        machine->waiting = false;
        break;
    case ASK_CALL:
        errand_start(machine);
        break;
    case ASK_READ:
        store_read(machine->house->store, work, machine, on_worked);
        break;
    case ASK_WRITE:
        store_write(machine->house->store, work, machine, on_worked);
        break;
    case ASK_SLEEP:
        machine->timer = timer_start(machine->house->timers, ask->until_boot_ms, on_slept, machine);
        break;
    case ASK_MACHINE:
        machine_start(ask->machine, NULL, on_inner_done, machine);
        break;
    }
}

static void trace(const struct machine *machine)
{
    const struct answer *answer = &machine->answer;

    if (answer->err.kind) {
        log_event(LOG_DEBUG, "step", "machine", machine->name, "step", machine->step->name, "error",
                  answer->err.code, "text", answer->err.text, NULL);
    }
}

static void stopped(const struct machine *machine, struct error *err)
{
    error_set(err, ERROR_CANCELLED, "cancelled", "%s was stopped", machine->name);
}

/* Tell the step how it ended and find the next; false: the machine has ended. */
static bool go_on(struct machine *machine)
{
    const char *next;

    trace(machine);
    next = machine->step->got ? machine->step->got(machine->self, &machine->answer) : NULL;
    machine->answer = (struct answer){0};
    if (machine->failure.kind == ERROR_NONE && machine->cancelled) {
        stopped(machine, &machine->failure);
    }
    machine->step = next && machine->failure.kind == ERROR_NONE ? find_step(machine, next) : NULL;
    if (next && !machine->step && machine->failure.kind == ERROR_NONE) {
        error_set(&machine->failure, ERROR_BUG, "step", "%s has no step %s", machine->name, next);
    }
    return machine->step != NULL;
}

/* Runs steps until one has to wait. `waiting` is set before an action and cleared by its end. */
static void run(struct machine *machine)
{
    while (!machine->waiting) {
        if (machine->started && !go_on(machine)) {
            end(machine);
            return;
        }
        machine->started = true;
        machine->ask = (struct ask){.kind = ASK_NOTHING};
        if (machine->step->ask) {
            machine->step->ask(machine->self, &machine->ask);
        }
        if (machine->cancelled) { /* by the step itself: nothing is begun any more */
            machine->ask.kind = ASK_NOTHING;
            stopped(machine, &machine->answer.err);
        }
        machine->waiting = machine->asking = true;
        pass_boundary(machine);
        begin_action(machine);
        machine->asking = false;
    }
}

static void on_start(void *owner)
{
    struct machine *machine = owner;

    machine->timer = NULL;
    if (machine->cancelled) {
        stopped(machine, &machine->failure);
    } else if (!machine->step) {
        error_set(&machine->failure, ERROR_BUG, "step", "%s has no such first step", machine->name);
    }
    if (machine->failure.kind) {
        end(machine);
        return;
    }
    run(machine);
}

void machine_start(struct machine *machine, const char *first, machine_done_fn *done, void *owner)
{
    machine->done = done;
    machine->owner = owner;
    machine->finished = machine->cancelled = machine->waiting = machine->started = false;
    machine->asking = false;
    machine->failure = (struct error){0};
    machine->answer = (struct answer){0};
    machine->step = first ? find_step(machine, first) : machine->steps;
    /* never from inside the caller */
    machine->timer = timer_start(machine->house->timers, clock_boot_ms(machine->house->clock),
                                 on_start, machine);
}

void machine_cancel(struct machine *machine)
{
    if (!machine_is_running(machine) || machine->cancelled) {
        return;
    }
    machine->cancelled = true;
    if (!machine->waiting) {
        return; /* on_start, or the step at hand, sees it */
    }
    switch (machine->ask.kind) {
    case ASK_CALL:
        errand_cancel(machine);
        break;
    case ASK_SLEEP:
        timer_stop(machine->house->timers, machine->timer);
        on_slept(machine);
        break;
    case ASK_MACHINE:
        machine_cancel(machine->ask.machine);
        break;
    default:
        break; /* work on the store ends soon */
    }
}
