#include "crypto/crypto.h"

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char for_urls[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void crypto_hex(struct text bytes, struct buffer *out)
{
    for (size_t i = 0; i < bytes.size; i++) {
        buffer_addf(out, "%02x", (unsigned char)bytes.at[i]);
    }
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool crypto_unhex(struct text hex, struct buffer *out, struct error *err)
{
    if (hex.size % 2) {
        return error_set(err, ERROR_REJECTED, "hex", "an odd number of hex digits");
    }
    for (size_t i = 0; i < hex.size; i += 2) {
        int high = hex_value(hex.at[i]), low = hex_value(hex.at[i + 1]);

        if (high < 0 || low < 0) {
            return error_set(err, ERROR_REJECTED, "hex", "a character at %zu is no hex digit",
                             i + 1);
        }
        buffer_add_char(out, (char)(high << 4 | low));
    }
    return true;
}

static void encode(struct text bytes, const char *alphabet, bool pad, struct buffer *out)
{
    const unsigned char *at = (const unsigned char *)bytes.at;

    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        unsigned three = (unsigned)at[i] << 16 | (left > 1 ? (unsigned)at[i + 1] << 8 : 0) |
                         (left > 2 ? at[i + 2] : 0);

        for (size_t k = 0; k < 4; k++) {
            if (k <= left) {
                buffer_add_char(out, alphabet[three >> (18 - 6 * k) & 63]);
            } else if (pad) {
                buffer_add_char(out, '=');
            }
        }
    }
}

void crypto_base64(struct text bytes, struct buffer *out)
{
    encode(bytes, standard, true, out);
}

void crypto_base64url(struct text bytes, struct buffer *out)
{
    encode(bytes, for_urls, false, out);
}

static int base64_value(char c)
{
    const char *at = c ? strchr(standard, c) : NULL;

    if (!at) {
        at = c ? strchr(for_urls, c) : NULL;
        return at ? (int)(at - for_urls) : -1;
    }
    return (int)(at - standard);
}

bool crypto_unbase64(struct text encoded, struct buffer *out, struct error *err)
{
    unsigned bits = 0, have = 0;

    while (encoded.size && encoded.at[encoded.size - 1] == '=') {
        encoded.size--;
    }
    if (encoded.size % 4 == 1) {
        return error_set(err, ERROR_REJECTED, "base64", "the base64 text has an impossible length");
    }
    for (size_t i = 0; i < encoded.size; i++) {
        int value = base64_value(encoded.at[i]);

        if (value < 0) {
            return error_set(err, ERROR_REJECTED, "base64", "character %zu is not base64", i + 1);
        }
        bits = (bits << 6 | (unsigned)value) & 0xffffff;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buffer_add_char(out, (char)(bits >> have & 0xff));
        }
    }
    return true;
}
