#include "config/config_internal.h"

#include <stdarg.h>
#include <stdio.h>

#define TEXT_MAX 600

/* A complaint is one line, though a name in YAML may go over several; and names may be cut short.
 */
static void make_one_line(char *text)
{
    for (char *c = text; *c; c++) {
        *c = (char)((unsigned char)*c < 0x20 ? ' ' : *c);
    }
    text_mend(text);
}

void config_complain(struct config_complaints *complaints, struct config_place place,
                     const char *suggestion, const char *format, ...)
{
    struct config_complaint *complaint;
    char text[TEXT_MAX];
    va_list args;

    if (complaints->count == CONFIG_COMPLAINTS_MAX) {
        complaints->dropped++;
        return;
    }
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    make_one_line(text);
    complaint = &complaints->at[complaints->count++];
    complaint->place = place;
    complaint->suggestion = arena_copy(complaints->arena, suggestion);
    complaint->text = suggestion ? arena_printf(complaints->arena, "%s; did you mean \"%s\"?", text,
                                                complaint->suggestion)
                                 : arena_copy(complaints->arena, text);
}

void config_complaint_write(const struct config_complaint *complaint, struct buffer *out)
{
    const struct config_place *place = &complaint->place;

    if (place->line == 0) {
        buffer_addf(out, "%s: %s\n", place->file, complaint->text);
        return;
    }
    buffer_addf(out, "%s:%u:%u: %s\n", place->file, place->line, place->column, complaint->text);
}

/* The main file is before the others, whatever their names. */
static int compare(const struct config_place *a, const struct config_place *b,
                   const char *main_file)
{
    bool a_main = strcmp(a->file, main_file) == 0, b_main = strcmp(b->file, main_file) == 0;
    int files = strcmp(a->file, b->file);

    if (a_main != b_main) {
        return a_main ? -1 : 1;
    }
    if (files != 0) {
        return files;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

void complaints_sort(struct config_complaints *complaints, const char *main_file)
{
    struct config_complaint *at = complaints->at;

    for (size_t i = 1; i < complaints->count; i++) {
        struct config_complaint moving = at[i];
        size_t to = i;

        while (to > 0 && compare(&moving.place, &at[to - 1].place, main_file) < 0) {
            at[to] = at[to - 1];
            to--;
        }
        at[to] = moving;
    }
}
