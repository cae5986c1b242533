/* Names and numbers of what a connector declares, before anybody works with them. */
#include "base/memory.h"
#include "connectors/connectors_internal.h"

/* ---- how many ---- */

static void count_mappings(const struct declared_mapping *at, size_t count, size_t *sum)
{
    *sum += count;
    for (size_t i = 0; i < count; i++) {
        count_mappings(at[i].parts, at[i].part_count, sum);
    }
}

static size_t count_derived(const struct declaration *d)
{
    size_t most = 0;

    for (size_t i = 0; i < d->list_count; i++) {
        size_t of_one = d->lists[i].derive.count + d->lists[i].form.count;

        most = of_one > most ? of_one : most;
    }
    return most;
}

/* Ten times what the largest connector that is known needs. */
static bool check_counts(const struct declaration *d, struct error *err)
{
    size_t mappings = 0;

    for (size_t i = 0; i < d->flow_count; i++) {
        count_mappings(d->flows[i].mappings, d->flows[i].mapping_count, &mappings);
    }
    const struct {
        const char *what;
        size_t count, most;
    } all[] = {
        {"lists", d->list_count, 500},
        {"options", d->options.count, 500},
        {"flows", d->flow_count, 100},
        {"mappings and parts", mappings, 1000},
        {"derived fields or columns of one list", count_derived(d), 500},
        {"guards over answers", d->answers.count, 500},
        {"events", d->events.count, 500},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].count > all[i].most) {
            return error_set(err, ERROR_REJECTED, "too-many",
                             "The connector declares %zu %s; %zu is the most.", all[i].count,
                             all[i].what, all[i].most);
        }
    }
    return true;
}

/* ---- names ---- */

/* They become keys of documents, places in messages and words people type. No dots: "xero.X" is
 * Xero's, and nobody else's. */
static bool is_name(const char *name)
{
    size_t size = strlen(name);

    return size > 0 && size < 64 && name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == size;
}

static bool check_name(const char *kind, const char *name, struct error *err)
{
    return is_name(name) ||
           error_set(err, ERROR_REJECTED, "name",
                     "A %s has the name \"%.80s\"; names are small letters, digits, '_' and '-'.",
                     kind, name);
}

static bool check_mappings(const struct declared_mapping *at, size_t count, const char *kind,
                           struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!check_name(kind, at[i].name, err) ||
            !check_mappings(at[i].parts, at[i].part_count, "part", err)) {
            return false;
        }
    }
    return true;
}

static bool check_names(const struct declaration *d, struct error *err)
{
    for (size_t i = 0; i < d->list_count; i++) {
        if (!check_name("list", d->lists[i].name, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < d->options.count; i++) {
        if (!check_name("option", d->options.at[i].name, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < d->flow_count; i++) {
        if (!check_name("flow", d->flows[i].name, err) ||
            !check_mappings(d->flows[i].mappings, d->flows[i].mapping_count, "mapping", err)) {
            return false;
        }
    }
    return true;
}

/* ---- when flows run ---- */

static bool take_digits(struct text *t, unsigned most, unsigned *ret)
{
    size_t size = 0;

    for (*ret = 0; size < t->size && t->at[size] >= '0' && t->at[size] <= '9' && *ret <= most;
         size++) {
        *ret = *ret * 10 + (unsigned)(t->at[size] - '0');
    }
    t->at += size;
    t->size -= size;
    return size > 0 && *ret <= most;
}

/* "15m"; not more often than every minute. */
static bool is_pause(struct text t)
{
    unsigned number;

    return take_digits(&t, 1000, &number) && number > 0 && t.size == 1 && strchr("mhd", t.at[0]);
}

/* "08:00 13:00" */
static bool are_times(struct text t)
{
    unsigned hour, minute;

    do {
        struct text time = text_split(&t, ' ');

        if (!take_digits(&time, 23, &hour) || !text_starts(time, ":")) {
            return false;
        }
        time.at++;
        time.size--;
        if (!take_digits(&time, 59, &minute) || time.size > 0) {
            return false;
        }
    } while (t.size > 0);
    return true;
}

static bool check_when(const struct declared_flow *flow, struct error *err)
{
    struct text rest = text_of(flow->when), word = text_split(&rest, ' ');
    bool sound = text_is(word, "every") ? is_pause(rest) : text_is(word, "at") && are_times(rest);

    return sound || !flow->when[0] ||
           error_set(err, ERROR_REJECTED, "when",
                     "The flow %s runs \"%.60s\"; write \"every 15m\", at least a minute, or \"at "
                     "08:00 13:00\".",
                     flow->name, flow->when);
}

/* ---- what is removed ---- */

/* What stands in Xero and was not made by us is people's. */
static bool check_others(const struct declared_mapping *mapping, struct error *err)
{
    bool removes = strstr(mapping->others, "remove") || strstr(mapping->others, "option");

    return !removes || strncmp(mapping->to, "xero.", 5) != 0 ||
           error_set(err, ERROR_REJECTED, "others",
                     "The mapping %s would remove records of %s that it did not make; in Xero they "
                     "are people's. Only 'hold' and 'leave' may stand in others.",
                     mapping->name, mapping->to);
}

static bool check_flows(const struct declaration *d, struct error *err)
{
    for (size_t i = 0; i < d->flow_count; i++) {
        if (!check_when(&d->flows[i], err)) {
            return false;
        }
        for (size_t k = 0; k < d->flows[i].mapping_count; k++) {
            if (!check_others(&d->flows[i].mappings[k], err)) {
                return false;
            }
        }
    }
    return true;
}

bool declaration_check(const struct declaration *d, struct error *err)
{
    struct connector_hosts hosts;
    struct arena *arena = arena_new((size_t)1 << 20);
    bool ok = check_counts(d, err) && check_names(d, err) && check_flows(d, err) &&
              requests_check(d, err) && connector_hosts(d->hosts, arena, &hosts, err) &&
              connector_login_hosts(d->login, arena, &hosts, err);

    arena_free(arena);
    return ok;
}
