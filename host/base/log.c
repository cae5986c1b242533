#include "base/log.h"

#include <stdarg.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"
#include "base/memory.h"

#define LINE_MAX_BYTES  16384
#define VALUE_MAX_BYTES 2048

/* One process, one log: set once by main before there are other threads. */
static struct {
    const struct clock *clock;
    int fd;
    enum log_level least;
} the_log = {NULL, -1, LOG_INFO};

void log_open(const struct clock *clock, int fd, enum log_level least)
{
    the_log.clock = clock;
    the_log.fd = fd;
    the_log.least = least;
}

static bool is_secret(const char *name)
{
    static const char *const words[] = {"token",         "secret",  "password",
                                        "authorization", "api_key", "key_file"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasestr(name, words[i])) {
            return true;
        }
    }
    return false;
}

static int64_t now_ms(void)
{
    struct timespec t;

    if (the_log.clock) {
        return clock_wall_ms(the_log.clock);
    }
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void add_pair(struct buffer *line, const char *name, const char *value)
{
    struct text t = text_of(is_secret(name) ? "(secret)" : value);

    if (t.size > VALUE_MAX_BYTES) {
        t.size = VALUE_MAX_BYTES;
        while (t.size && ((unsigned char)t.at[t.size] & 0xc0) == 0x80) {
            t.size--; /* not in the middle of a character */
        }
    }
    if (line->size > 1) {
        buffer_add_char(line, ',');
    }
    json_write_string(text_of(name), line);
    buffer_add_char(line, ':');
    json_write_string(t, line);
}

void log_event(enum log_level level, const char *event, ...)
{
    static const char *const levels[] = {"debug", "info", "warning", "error"};
    AUTO(buffer_done) struct buffer line = {0};
    char at[INSTANT_TEXT_MAX];
    const char *name;
    va_list pairs;

    if (the_log.fd < 0 || level < the_log.least) {
        return;
    }
    buffer_init(&line, LINE_MAX_BYTES);
    buffer_add_char(&line, '{');
    add_pair(&line, "at", instant_format(now_ms(), at));
    add_pair(&line, "level", levels[level]);
    add_pair(&line, "event", event);
    va_start(pairs, event);
    while ((name = va_arg(pairs, const char *)) != NULL) {
        const char *value = va_arg(pairs, const char *);

        add_pair(&line, name, value ? value : "");
    }
    va_end(pairs);
    buffer_add_cstr(&line, "}\n");
    /* one write, so that lines of several threads do not mix; a log that is full is not an error */
    if (write(the_log.fd, line.at, line.size) < 0) {
        return;
    }
}
