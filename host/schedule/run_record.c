/* What a run did, in figures, and how it ended: its row in the record of runs. */
#include "base/memory.h"
#include "schedule/run.h"

void run_count_read(struct run *run)
{
    const struct intake_counts *more = &run->intake.counts;
    struct intake_counts *sum = &run->read;

    sum->read += more->read;
    sum->fresh += more->fresh;
    sum->changed += more->changed;
    sum->bad += more->bad;
    sum->gone += more->gone;
    sum->pages += more->pages;
}

void run_count_delivered(struct run *run)
{
    const struct courier_counts *more = &run->courier.counts;
    struct courier_counts *sum = &run->delivered;

    sum->requests += more->requests;
    sum->created += more->created;
    sum->updated += more->updated;
    sum->removed += more->removed;
    sum->linked += more->linked;
    sum->refused += more->refused;
    sum->unknown += more->unknown;
    sum->probes += more->probes;
    sum->files += more->files;
}

json_t *run_counts(const struct run *run)
{
    const struct {
        const char *name;
        int64_t n;
    } counts[] = {
        {"read", run->read.read},
        {"new", run->read.fresh},
        {"changed", run->read.changed},
        {"bad", run->read.bad},
        {"gone", run->read.gone},
        {"planned", run->planned.roots},
        {"requests", run->delivered.requests},
        {"created", run->delivered.created},
        {"updated", run->delivered.updated},
        {"removed", run->delivered.removed},
        {"refused", run->delivered.refused},
        {"unknown", run->delivered.unknown},
        {"probes", run->delivered.probes},
        {"writes", run->delivered.requests},
        {"files", run->delivered.files},
    };
    json_t *all = json_object();

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_object_set_new(all, counts[i].name, json_new_int(counts[i].n));
    }
    return all;
}

bool run_close(struct db *db, void *self, struct error *err)
{
    struct run *run = self;
    json_t *counts = run_counts(run);
    AUTO_FREE char *text = json_write_text(counts);
    const char *result = run->result.kind == ERROR_NONE        ? "ok"
                         : run->result.kind == ERROR_CANCELLED ? "stopped"
                                                               : "failed";

    json_decref(counts);
    if (!run->id) {
        return true;
    }
    return run_end(db, run->id, result, text, run->result.text, err);
}
