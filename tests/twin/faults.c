/* Faults that can be switched on: rules that match requests, and what they do to them. */
#include <fnmatch.h>

#include "twin.h"
#include "values.h"

#define RULES_MAX 64

struct rule {
    char match[256];
    char act[32];
    int64_t number;       /* after the ':' */
    int64_t nth, percent; /* 0: not given */
    int64_t times;        /* how often it may fire; 0: without end */
    int64_t matched, fired;
    uint64_t random;
    struct rule *next;
};

static const char acts[] = "lose_answer reset_before status commit_status truncate html404 "
                           "empty429 delay_ms delay_answer_ms trickle_ms partial_elements "
                           "short_answer";

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static bool fires(struct rule *rule)
{
    rule->matched++;
    if (rule->times > 0 && rule->fired >= rule->times) {
        return false;
    }
    if (rule->nth > 0 && rule->matched != rule->nth) {
        return false;
    }
    return rule->percent == 0 || next_random(&rule->random) % 100 < (uint64_t)rule->percent;
}

struct fault faults_pick(struct twin *twin, const struct request *q)
{
    struct fault fault = {.act = ""};
    char line[1024];

    snprintf(line, sizeof line, "%s %s", q->method, q->path);
    for (struct rule *rule = twin->rules; rule; rule = rule->next) {
        if (fnmatch(rule->match, line, 0) != 0 || !fires(rule) || fault.act[0]) {
            continue;
        }
        rule->fired++;
        memcpy(fault.act, rule->act, sizeof fault.act);
        fault.number = rule->number;
        record_event(twin, "fault", "%s: %s", line, rule->act);
    }
    return fault;
}

/* "status:500" → "status", 500 */
static bool read_act(struct rule *rule, const char *act, struct error *err)
{
    struct text rest = text_of(act), word = text_split(&rest, ':');
    AUTO_JSON json_t *number = json_new_text(rest.size > 0 ? rest : TEXT("0"));
    struct decimal d;

    snprintf(rule->act, sizeof rule->act, "%.*s", TEXT_ARGS(word));
    if (!word_in(rule->act, acts) || !decimal_parse(json_text(number), &d, NULL)) {
        return error_set(err, ERROR_REJECTED, "do", "\"do\" is one of %s, not \"%s\"", acts, act);
    }
    rule->number = (int64_t)decimal_round(d, 0, DECIMAL_DOWN).coefficient;
    return true;
}

static bool add_one(struct twin *twin, const json_t *j, struct error *err)
{
    struct rule *rule = memory_new(1, sizeof *rule), **end = &twin->rules;
    uint64_t seed = (uint64_t)json_int(json_object_get(j, "seed"), 1);

    snprintf(rule->match, sizeof rule->match, "%s", json_path_text(j, "match"));
    rule->nth = json_int(json_object_get(j, "nth"), 0);
    rule->percent = json_int(json_object_get(j, "every_percent"), 0);
    rule->times = json_int(json_object_get(j, "times"), 0);
    rule->random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    if (!read_act(rule, json_path_text(j, "do"), err)) {
        memory_free(rule);
        return false;
    }
    if (!rule->match[0]) {
        memory_free(rule);
        return error_set(err, ERROR_REJECTED, "match", "a rule needs \"match\"");
    }
    while (*end) {
        end = &(*end)->next;
    }
    *end = rule;
    return true;
}

bool faults_add(struct twin *twin, const json_t *rules, struct error *err)
{
    const json_t *list = json_object_get(rules, "rules");
    size_t i;
    json_t *one;

    list = list ? list : rules;
    if (json_is_object(list)) {
        return add_one(twin, list, err);
    }
    faults_clear(twin);
    json_array_foreach(list, i, one)
    {
        if (!add_one(twin, one, err)) {
            return false;
        }
    }
    return true;
}

void faults_clear(struct twin *twin)
{
    while (twin->rules) {
        struct rule *next = twin->rules->next;
        memory_free(twin->rules);
        twin->rules = next;
    }
}

json_t *faults_list(const struct twin *twin)
{
    json_t *list = json_array();

    for (const struct rule *rule = twin->rules; rule; rule = rule->next) {
        json_t *one = json_object();
        json_object_set_new(one, "match", json_string(rule->match));
        json_object_set_new(one, "do", json_string(rule->act));
        json_object_set_new(one, "matched", json_new_int(rule->matched));
        json_object_set_new(one, "fired", json_new_int(rule->fired));
        json_array_append_new(list, one);
    }
    return list;
}

/* ---- what they do ---- */

static const struct {
    int status;
    const char *type, *text;
} pages[] = {
    {404, "text/html",
     "<html><body><p>The resource you're looking for cannot be found</p></body></html>"},
    {429, NULL, ""},
    {500, "text/plain",
     "An unhandled error with the Xero API occurred. Contact the Xero API team if problems "
     "persist"},
    {503, "text/plain", "The Xero API is currently offline for maintenance"},
};

static void reply_page(struct reply *r, int status)
{
    r->header_count = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (pages[i].status == status) {
            reply_text(r, status, pages[i].type, pages[i].text);
            return;
        }
    }
    reply_text(r, status, "text/plain", "");
}

bool faults_before(struct twin *twin, struct fault fault, struct reply *r)
{
    (void)twin;
    if (strcmp(fault.act, "reset_before") == 0) {
        r->end = REPLY_RESET;
        return true;
    }
    if (strcmp(fault.act, "status") == 0) {
        reply_page(r, (int)fault.number);
        if (fault.number == 429) {
            reply_header(r, "X-Rate-Limit-Problem", "minute");
            reply_header(r, "Retry-After", "30");
        }
        return true;
    }
    if (strcmp(fault.act, "html404") == 0 || strcmp(fault.act, "empty429") == 0) {
        reply_page(r, fault.act[0] == 'h' ? 404 : 429);
        return true;
    }
    return false;
}

void faults_after(struct twin *twin, struct fault fault, struct reply *r)
{
    (void)twin;
    if (strcmp(fault.act, "lose_answer") == 0) {
        r->end = REPLY_DROPPED;
    } else if (strcmp(fault.act, "truncate") == 0) {
        r->end = REPLY_TRUNCATED;
    } else if (strcmp(fault.act, "commit_status") == 0) {
        reply_page(r, (int)fault.number);
    } else if (strcmp(fault.act, "delay_answer_ms") == 0) {
        r->delay_ms += fault.number;
    } else if (strcmp(fault.act, "trickle_ms") == 0) {
        r->trickle_ms = fault.number;
    }
}
