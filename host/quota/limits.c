#include <strings.h>

#include "quota/quota.h"

#define CALLS_MOST   1000000
#define SECONDS_MOST 604800
#define DAY_S        86400

const char *quota_class_name(enum quota_class class)
{
    static const char *const names[] = {
        [QUOTA_TOKEN] = "token",       [QUOTA_PROBE] = "probe",
        [QUOTA_DOCUMENT] = "document", [QUOTA_ATTACHMENT] = "attachment",
        [QUOTA_BACKFILL] = "backfill",
    };

    return (unsigned)class < QUOTA_CLASSES ? names[class] : "unknown";
}

enum quota_problem quota_problem_of(const char *word)
{
    static const struct {
        const char *word;
        enum quota_problem problem;
    } known[] = {
        {"minute", QUOTA_MINUTE},
        {"day", QUOTA_DAY},
        {"concurrent", QUOTA_CONCURRENT},
        {"appminute", QUOTA_APP},
    };

    for (size_t i = 0; word && i < sizeof known / sizeof *known; i++) {
        if (strcasecmp(known[i].word, word) == 0) {
            return known[i].problem;
        }
    }
    return QUOTA_LIMITED;
}

struct quota_limits quota_limits_xero(uint32_t day_calls)
{
    uint32_t day = day_calls == 0 ? 1000 : day_calls > CALLS_MOST ? CALLS_MOST : day_calls;

    return (struct quota_limits){5, {{60, 60, 0}, {day, DAY_S, day / 20}}};
}

struct quota_limits quota_limits_xero_app(uint32_t hosts)
{
    uint32_t share = 10000 / (hosts ? hosts : 1);

    return (struct quota_limits){0, {{share ? share : 1, 60, 0}}};
}

/* ---- words ---- */

static struct text next_word(struct text *rest)
{
    struct text word;

    *rest = text_trim(*rest);
    word = text_split(rest, ' ');
    *rest = text_trim(*rest);
    return word;
}

/* Cuts the digits off *t; false when there are none, or the number is not 1 … most. */
static bool take_number(struct text *t, uint32_t most, uint32_t *ret)
{
    uint32_t n = 0;

    if (t->size == 0 || t->at[0] < '0' || t->at[0] > '9') {
        return false;
    }
    while (t->size && t->at[0] >= '0' && t->at[0] <= '9' && n <= most) {
        n = n * 10 + (uint32_t)(t->at[0] - '0');
        t->at++;
        t->size--;
    }
    *ret = n;
    return n >= 1 && n <= most;
}

/* "60s", "5m", "1h", "7d", or one "second", "minute", "hour", "day". */
static bool read_seconds(struct text t, uint32_t *ret)
{
    static const struct {
        const char *letter, *word;
        uint32_t seconds;
    } units[] = {{"s", "second", 1}, {"m", "minute", 60}, {"h", "hour", 3600}, {"d", "day", DAY_S}};
    bool counted = t.size && t.at[0] >= '0' && t.at[0] <= '9';
    uint32_t n = 1;

    if (counted && !take_number(&t, SECONDS_MOST, &n)) {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (text_is(t, counted ? units[i].letter : units[i].word)) {
            *ret = n * units[i].seconds;
            return n <= SECONDS_MOST / units[i].seconds;
        }
    }
    return false;
}

static bool refuse(struct text part, const char *why, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "quota",
                     "quota, at \"%.*s\": %s; write \"5 at once\" or \"15 per 1s\"",
                     TEXT_ARGS(part), why);
}

static bool add_window(struct text part, struct text period, uint32_t calls,
                       struct quota_limits *limits, struct error *err)
{
    struct quota_window *window = limits->windows;
    struct quota_window *end = limits->windows + QUOTA_WINDOWS_MAX;
    uint32_t seconds;

    if (!read_seconds(period, &seconds)) {
        return refuse(part, "a window is 1 to 604800 seconds, as in 60s, 5m, 1h or 1d", err);
    }
    while (window < end && window->calls && window->seconds != seconds) {
        window++;
    }
    if (window == end) {
        return refuse(part, "there may be at most 4 windows", err);
    }
    if (window->calls) {
        return refuse(part, "there is a window of this length already", err);
    }
    *window = (struct quota_window){calls, seconds, 0};
    return true;
}

static bool read_part(struct text part, struct quota_limits *limits, struct error *err)
{
    struct text rest = part, first = next_word(&rest), second;
    uint32_t number;

    if (text_is(first, "left") || text_is(first, "again")) {
        return true;
    }
    if (!take_number(&first, CALLS_MOST, &number) || first.size) {
        return refuse(part, "a limit begins with a number, 1 to 1000000", err);
    }
    second = next_word(&rest);
    if (text_is(second, "per")) {
        return add_window(part, rest, number, limits, err);
    }
    if (!text_is(second, "at") || !text_is(rest, "once")) {
        return refuse(part, "after the number comes \"at once\" or \"per\" and a time", err);
    }
    if (limits->concurrent) {
        return refuse(part, "how many at once is said twice", err);
    }
    limits->concurrent = number;
    return true;
}

bool quota_limits_parse(const char *words, struct quota_limits *ret, struct error *err)
{
    struct text rest = text_of(words);

    *ret = (struct quota_limits){0};
    while (rest.size) {
        struct text parts = text_split(&rest, ';');

        while (parts.size) {
            struct text part = text_trim(text_split(&parts, ','));

            if (part.size && !read_part(part, ret, err)) {
                return false;
            }
        }
    }
    return true;
}
