/*
 * The part of Xero's where that integrations use: comparisons joined by AND, &&, OR, ||, from
 * left to right, AND before OR, without brackets.
 *     Type=="ACCPAY" AND Contact.ContactID==guid("…") AND Date>=DateTime(2026,01,31)
 *     InvoiceNumber.StartsWith("PH-")   Url.Contains("#ferry=")   Reference!=null
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "xero.h"

struct where {
    const char *at;
    const json_t *j;
    bool ignore_reference, wrong;
};

static void skip_blanks(struct where *w)
{
    while (*w->at == ' ') {
        w->at++;
    }
}

static bool take(struct where *w, const char *word)
{
    size_t size = strlen(word);

    skip_blanks(w);
    if (strncasecmp(w->at, word, size) != 0) {
        return false;
    }
    w->at += size;
    return true;
}

/* A quoted text, with or without guid(…) around it. */
static bool take_text(struct where *w, char *out, size_t size)
{
    bool guid = take(w, "guid(");
    size_t n = 0;

    skip_blanks(w);
    if (*w->at != '"') {
        return false;
    }
    for (w->at++; *w->at && *w->at != '"'; w->at++) {
        if (n + 1 < size) {
            out[n++] = *w->at;
        }
    }
    out[n] = '\0';
    return *w->at++ == '"' && (!guid || take(w, ")"));
}

static const char *const comparisons[] = {"==", "!=", ">=", "<=", ">", "<"};

static bool holds(size_t comparison, int order)
{
    const bool results[] = {order == 0, order != 0, order >= 0, order <= 0, order > 0, order < 0};

    return results[comparison];
}

static int compare_date(struct where *w, const char *field, size_t comparison)
{
    char text[16];
    int year = 0, month = 0, day = 0;
    struct date wanted, there;
    const char *end = strchr(w->at, ')');

    if (!end || sscanf(w->at, "%d , %d , %d", &year, &month, &day) != 3) {
        w->wrong = true;
        return 0;
    }
    w->at = end + 1;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    if (!date_parse(text_of(text), &wanted, NULL)) {
        w->wrong = true;
        return 0;
    }
    return value_day(w->j, field, &there) && holds(comparison, date_compare(there, wanted));
}

static int compare_number(struct where *w, const char *field, size_t comparison)
{
    size_t size = strspn(w->at, "-.0123456789");
    struct decimal wanted, there = value_number(w->j, field);

    if (size == 0 || !decimal_parse((struct text){w->at, size}, &wanted, NULL)) {
        w->wrong = true;
        return 0;
    }
    w->at += size;
    return holds(comparison, decimal_compare(there, wanted));
}

static int compare(struct where *w, const char *field, size_t comparison)
{
    const char *there = json_path_text(w->j, field);
    char wanted[600];
    bool truth;

    if (take(w, "null")) {
        return holds(comparison, *there ? 1 : 0);
    }
    truth = take(w, "true");
    if (truth || take(w, "false")) {
        return holds(comparison, json_is_true(json_path(w->j, field)) == truth ? 0 : 1);
    }
    if (take(w, "DateTime(")) {
        return compare_date(w, field, comparison);
    }
    if (take_text(w, wanted, sizeof wanted)) {
        return holds(comparison, strcasecmp(there, wanted));
    }
    return compare_number(w, field, comparison);
}

static int call(struct where *w, const char *field, bool contains)
{
    const char *there = json_path_text(w->j, field);
    char wanted[600];

    if (!take_text(w, wanted, sizeof wanted) || !take(w, ")")) {
        w->wrong = true;
        return 0;
    }
    return contains ? strcasestr(there, wanted) != NULL
                    : strncasecmp(there, wanted, strlen(wanted)) == 0;
}

/* Field names as far as we know them: a name of letters, perhaps of an object's member. */
static bool take_field(struct where *w, char *out, size_t size)
{
    size_t n = 0;

    skip_blanks(w);
    while ((isalnum((unsigned char)*w->at) || *w->at == '.') && n + 1 < size) {
        if (strncasecmp(w->at, ".Contains(", 10) == 0 ||
            strncasecmp(w->at, ".StartsWith(", 12) == 0) {
            break;
        }
        out[n++] = *w->at++;
    }
    out[n] = '\0';
    return n > 0;
}

static int term(struct where *w)
{
    char field[128];
    int result = 0;

    if (!take_field(w, field, sizeof field)) {
        w->wrong = true;
        return 0;
    }
    if (take(w, ".Contains(")) {
        result = call(w, field, true);
    } else if (take(w, ".StartsWith(")) {
        result = call(w, field, false);
    } else {
        size_t i = 0;
        while (i < 6 && !take(w, comparisons[i])) {
            i++;
        }
        if (i == 6) {
            w->wrong = true;
            return 0;
        }
        skip_blanks(w);
        result = compare(w, field, i);
    }
    return w->ignore_reference && strcmp(field, "Reference") == 0 ? 0 : result;
}

int where_matches(const char *where, const json_t *j, bool ignore_reference)
{
    struct where w = {.at = where, .j = j, .ignore_reference = ignore_reference};
    int any = 0, all = term(&w);

    while (!w.wrong) {
        skip_blanks(&w);
        if (take(&w, "&&") || take(&w, "AND ")) {
            all = term(&w) && all;
        } else if (take(&w, "||") || take(&w, "OR ")) {
            any = any || all;
            all = term(&w);
        } else {
            break;
        }
    }
    skip_blanks(&w);
    return w.wrong || *w.at ? -1 : any || all;
}
