#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <unistd.h>

#include "crypto/crypto.h"

/* Hashing does not fail but for want of memory. */
static void must(int ok)
{
    if (ok != 1) {
        abort();
    }
}

void crypto_sha256(struct text t, uint8_t out[CRYPTO_SHA256_BYTES])
{
    must(EVP_Digest(t.at ? t.at : "", t.size, out, NULL, EVP_sha256(), NULL));
}

static const char *to_hex(const uint8_t digest[CRYPTO_SHA256_BYTES], char out[CRYPTO_SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < CRYPTO_SHA256_BYTES; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[CRYPTO_SHA256_HEX - 1] = '\0';
    return out;
}

const char *crypto_sha256_hex(struct text t, char out[CRYPTO_SHA256_HEX])
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(t, digest);
    return to_hex(digest, out);
}

bool crypto_sha256_file(int fd, char out[CRYPTO_SHA256_HEX], struct error *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t block[16384], digest[CRYPTO_SHA256_BYTES];
    ssize_t size;

    must(context != NULL);
    must(EVP_DigestInit_ex(context, EVP_sha256(), NULL));
    while ((size = read(fd, block, sizeof block)) > 0 || (size < 0 && errno == EINTR)) {
        if (size > 0) {
            must(EVP_DigestUpdate(context, block, (size_t)size));
        }
    }
    must(EVP_DigestFinal_ex(context, digest, NULL));
    EVP_MD_CTX_free(context);
    if (size < 0) {
        return error_set(err, ERROR_TRANSIENT, "read", "a file could not be read to its end: %s",
                         strerror(errno));
    }
    to_hex(digest, out);
    return true;
}

void crypto_hmac_sha256(struct text key, struct text message, uint8_t out[CRYPTO_SHA256_BYTES])
{
    must(HMAC(EVP_sha256(), key.at ? key.at : "", (int)key.size,
              (const unsigned char *)(message.at ? message.at : ""), message.size, out,
              NULL) != NULL);
}

bool crypto_equal(struct text a, struct text b)
{
    return a.size == b.size && CRYPTO_memcmp(a.at, b.at, a.size) == 0;
}
