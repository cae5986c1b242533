#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void error_fill(struct error *err, enum error_kind kind, const char *code, const char *format, ...)
{
    va_list args;

    if (!err) {
        return;
    }
    err->kind = kind;
    snprintf(err->code, sizeof err->code, "%s", code);
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    /* parts of it come from outside, and some are cut short */
    text_mend(err->text);
}

void error_add_place(struct error *err, const char *format, ...)
{
    char place[sizeof err->text], text[2 * sizeof err->text + 2];
    va_list args;

    if (!err) {
        return;
    }
    va_start(args, format);
    vsnprintf(place, sizeof place, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s: %s", place, err->text);
    /* what does not fit is cut at the end, the place stays */
    memcpy(err->text, text, sizeof err->text);
    err->text[sizeof err->text - 1] = '\0';
    text_mend(err->text);
}

const char *error_kind_name(enum error_kind kind)
{
    static const char *const names[] = {
        [ERROR_NONE] = "none",     [ERROR_TRANSIENT] = "transient",
        [ERROR_AUTH] = "auth",     [ERROR_REJECTED] = "rejected",
        [ERROR_CONFIG] = "config", [ERROR_CANCELLED] = "cancelled",
        [ERROR_BUG] = "bug",
    };

    return names[kind];
}
