/* What the checker says. */
#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "map/check.h"

void check_complain(struct checker *c, const struct node *node, const char *format, ...)
{
    char sentence[700];
    va_list args;

    if (c->count >= COMPLAINTS_MOST) {
        return;
    }
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    text_mend(sentence); /* what is quoted may be cut short */
    memory_grow(&c->complaints, &c->capacity, c->count, sizeof *c->complaints);
    c->complaints[c->count++] = (struct complaint){
        .place = c->where,
        .source = c->source ? c->source : "",
        .column = node ? node->column : 0,
        .sentence = arena_copy(c->arena, sentence),
    };
}

const char *check_hint(struct checker *c, const char *name, const char *const *names, size_t count)
{
    const char *near = suggest_name(name, names, count);

    return near ? arena_printf(c->arena, "; did you mean '%s'?", near) : "";
}

const char *check_hint_member(struct checker *c, const char *name, const struct shape *shape)
{
    const char **names;

    if (!shape) {
        return "";
    }
    names = arena_alloc(c->arena, shape->member_count + 1, sizeof *names);
    for (size_t i = 0; i < shape->member_count; i++) {
        names[i] = shape->members[i].name;
    }
    return check_hint(c, name, names, shape->member_count);
}
