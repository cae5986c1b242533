#include <ctype.h>

#include "login/login_internal.h"

#define VALUE_MOST 4096

/* ---- reading a query ---- */

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = isxdigit((unsigned char)c) ? strchr(digits, c | 0x20) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* False for what is not well encoded, or holds a character that has no business in a value. */
static bool decode(struct text t, struct buffer *out)
{
    for (size_t i = 0; i < t.size; i++) {
        char c = t.at[i] == '+' ? ' ' : t.at[i];

        if (c == '%') {
            int high = i + 2 < t.size ? hex_digit(t.at[i + 1]) : -1;
            int low = i + 2 < t.size ? hex_digit(t.at[i + 2]) : -1;

            if (high < 0 || low < 0) {
                return false;
            }
            c = (char)(high << 4 | low);
            i += 2;
        }
        if ((unsigned char)c < 0x20 || c == 0x7f) {
            return false;
        }
        buffer_add_char(out, c);
    }
    return !out->overflow;
}

char *query_value(struct text query, const char *name)
{
    while (query.size > 0) {
        struct text value = text_split(&query, '&');
        struct text key = text_split(&value, '=');
        struct buffer b;

        if (!text_is(key, name)) {
            continue;
        }
        buffer_init(&b, VALUE_MOST);
        if (decode(value, &b)) {
            return buffer_take(&b);
        }
        buffer_done(&b);
        return NULL;
    }
    return NULL;
}

/* ---- the address a person opens ---- */

static void add_pair(struct buffer *url, const char *name, const char *value)
{
    buffer_addf(url, "&%s=", name);
    http_encode(text_of(value), url);
}

char *consent_url(const struct login_grant *grant, const char *redirect, const char *state,
                  const char *challenge)
{
    struct buffer url;

    buffer_init(&url, LOGIN_SEALED_MAX);
    buffer_addf(&url, "%s%cresponse_type=code", grant->authorize_url,
                strchr(grant->authorize_url, '?') ? '&' : '?');
    add_pair(&url, "client_id", grant->client_id);
    add_pair(&url, "redirect_uri", redirect);
    if (grant->scopes) {
        add_pair(&url, "scope", grant->scopes);
    }
    add_pair(&url, "state", state);
    add_pair(&url, "code_challenge", challenge);
    add_pair(&url, "code_challenge_method", "S256");
    return buffer_take(&url);
}

void consent_refused(const char *code, struct error *err)
{
    /* Xero says "unauthorized_client" when a scope is not one of this app's */
    if (strcmp(code, "invalid_scope") == 0 || strcmp(code, "unauthorized_client") == 0) {
        (void)error_set(err, ERROR_AUTH, "consent-scope",
                        "the app may not ask for one of the scopes it asked for");
    } else if (strcmp(code, "access_denied") == 0) {
        (void)error_set(err, ERROR_AUTH, "consent-refused", "the person has not agreed");
    } else {
        (void)error_set(err, ERROR_AUTH, "consent-refused",
                        "the login page sent the person back without agreement");
    }
}
