/* What compiling and evaluating say: complaints, verdicts, traces; each must be fit for people. */
#ifndef FERRY_TESTS_FUZZ_SAID_H
#define FERRY_TESTS_FUZZ_SAID_H

#include "fuzz.h"
#include "map/map.h"

static inline void check_words(const char *code, const char *sentence)
{
    MUST(code && code[0] && sentence && sentence[0], "held without a word");
    MUST(text_is_utf8(text_of(code)) && text_is_utf8(text_of(sentence)), "words are cut: %s",
         sentence);
}

static inline void check_complaint(const struct complaint *c)
{
    MUST(c->place && c->place[0], "a complaint without a place: %s", c->sentence);
    MUST(c->sentence[0] && text_is_utf8(text_of(c->sentence)), "a complaint's words: %s",
         c->sentence);
    MUST(c->column <= strlen(c->source) + 1, "column %u of \"%s\": %s", c->column, c->source,
         c->sentence);
}

/* ---- subjects, put together as one text ---- */

struct said {
    struct buffer all;
};

static inline void said_see(void *owner, const struct map_subject *subject)
{
    struct said *said = owner;

    MUST(subject->key && text_is_utf8(text_of(subject->key)), "a subject without a key");
    buffer_addf(&said->all, "%s %d %s %s ", subject->key, (int)subject->verdict, subject->code,
                subject->field);
    MUST((subject->verdict == MAP_WANTED) == (subject->body != NULL), "a verdict and no body");
    if (subject->body) {
        json_write(subject->body, &said->all);
    } else {
        check_words(subject->code, subject->sentence);
    }
    for (size_t i = 0; i < subject->note_count; i++) {
        buffer_addf(&said->all, " %s", subject->notes[i]);
    }
    MUST(strcmp(subject->gone, "leave") == 0 || strcmp(subject->gone, "hold") == 0 ||
             strcmp(subject->gone, "remove") == 0,
         "gone is %s", subject->gone);
    buffer_addf(&said->all, " %s %s\n", subject->approve,
                subject->match_id ? subject->match_id : "");
}

static inline void said_open(struct said *said)
{
    buffer_init(&said->all, 1 << 24);
}

static inline void said_close(struct said *said)
{
    buffer_done(&said->all);
}

static inline void said_trace(void *owner, const struct map_trace *trace)
{
    (void)owner;
    MUST(trace->field && trace->expression && trace->value && trace->looked, "a trace with holes");
}

#endif
