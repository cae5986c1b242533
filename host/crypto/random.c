#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "crypto/crypto.h"

void crypto_random(void *out, size_t size)
{
    if (RAND_bytes(out, (int)size) != 1) {
        abort(); /* a program that cannot get random bytes must not go on */
    }
}

const char *crypto_uuid(char out[CRYPTO_UUID_TEXT])
{
    uint8_t b[16];

    crypto_random(b, sizeof b);
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x40);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    snprintf(out, CRYPTO_UUID_TEXT,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
             b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
             b[15]);
    return out;
}

void crypto_pkce(char verifier[CRYPTO_VERIFIER_TEXT], char challenge[CRYPTO_CHALLENGE_TEXT])
{
    AUTO(buffer_done) struct buffer text = {0};
    uint8_t random[48], digest[CRYPTO_SHA256_BYTES];

    crypto_random(random, sizeof random);
    buffer_init(&text, 128);
    crypto_base64url((struct text){(const char *)random, sizeof random}, &text);
    memcpy(verifier, text.at, CRYPTO_VERIFIER_TEXT);
    crypto_sha256(buffer_text(&text), digest);
    memory_wipe(text.at, text.size);
    buffer_clear(&text);
    crypto_base64url((struct text){(const char *)digest, sizeof digest}, &text);
    memcpy(challenge, text.at, CRYPTO_CHALLENGE_TEXT);
    memory_wipe(random, sizeof random);
}
