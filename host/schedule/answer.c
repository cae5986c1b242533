/* Small things that every answer is made of. */
#include "schedule/engine_internal.h"

void answer_text(json_t *answer, const char *name, const char *text)
{
    json_object_set_new(answer, name, json_new_text(text_of(text ? text : "")));
}

void answer_time(json_t *answer, const char *name, int64_t ms)
{
    char at[INSTANT_TEXT_MAX];

    answer_text(answer, name, ms ? instant_format(ms - ms % 1000, at) : "");
}
