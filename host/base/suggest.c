#include "base/suggest.h"

#include <ctype.h>
#include <string.h>

#define NAME_MAX_CHARS 64

static int smallest(int a, int b, int c)
{
    int least = a < b ? a : b;

    return least < c ? least : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Edits, with two neighbours swapped counting as one. */
static int distance(const char *a, const char *b)
{
    int rows[3][NAME_MAX_CHARS + 1];
    size_t m = strlen(a), n = strlen(b);

    for (size_t j = 0; j <= n; j++) {
        rows[0][j] = (int)j;
        rows[2][j] = 0;
    }
    for (size_t i = 1; i <= m; i++) {
        int *before = rows[(i - 1) % 3], *now = rows[i % 3], *earlier = rows[(i + 1) % 3];

        now[0] = (int)i;
        for (size_t j = 1; j <= n; j++) {
            int cost = lower(a[i - 1]) != lower(b[j - 1]);

            now[j] = smallest(before[j] + 1, now[j - 1] + 1, before[j - 1] + cost);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]) && earlier[j - 2] + 1 < now[j]) {
                now[j] = earlier[j - 2] + 1;
            }
        }
    }
    return rows[m % 3][n];
}

const char *suggest_name(const char *typed, const char *const *names, size_t count)
{
    size_t size = strlen(typed);
    int best = size > 12 ? 5 : (int)size / 3 + 2; /* one more than is near enough */
    const char *nearest = NULL;

    if (size == 0 || size > NAME_MAX_CHARS) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        int far;

        if (strlen(names[i]) > NAME_MAX_CHARS) {
            continue;
        }
        far = distance(typed, names[i]);
        if (far < best) {
            best = far;
            nearest = names[i];
        }
    }
    return nearest;
}
