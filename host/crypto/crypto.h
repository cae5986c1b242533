/*
 * crypto/: sealing, hashes, signatures, random bytes. The only room with OpenSSL. Any thread.
 */
#ifndef FERRY_CRYPTO_CRYPTO_H
#define FERRY_CRYPTO_CRYPTO_H

#include <stdint.h>

#include "base/buffer.h"

/* ---- digests ---- */

#define CRYPTO_SHA256_BYTES 32
#define CRYPTO_SHA256_HEX   65 /* with terminator */

void crypto_sha256(struct text t, uint8_t out[CRYPTO_SHA256_BYTES]);
/* Small letters, terminated; returns out. */
const char *crypto_sha256_hex(struct text t, char out[CRYPTO_SHA256_HEX]);
/* Of everything that can still be read from fd (its position moves). TRANSIENT "read". */
MUST_CHECK bool crypto_sha256_file(int fd, char out[CRYPTO_SHA256_HEX], struct error *err);
void crypto_hmac_sha256(struct text key, struct text message, uint8_t out[CRYPTO_SHA256_BYTES]);
/* In time that depends on the sizes only. */
bool crypto_equal(struct text a, struct text b);

/* ---- text forms ---- */

void crypto_hex(struct text bytes, struct buffer *out);
MUST_CHECK bool crypto_unhex(struct text hex, struct buffer *out, struct error *err);
void crypto_base64(struct text bytes, struct buffer *out);
/* Without padding, with '-' and '_'. */
void crypto_base64url(struct text bytes, struct buffer *out);
/* Either alphabet, padding optional. REJECTED "base64". */
MUST_CHECK bool crypto_unbase64(struct text encoded, struct buffer *out, struct error *err);

/* ---- random ---- */

void crypto_random(void *out, size_t size);
/* A version 4 UUID, terminated; returns out. */
#define CRYPTO_UUID_TEXT 37
const char *crypto_uuid(char out[CRYPTO_UUID_TEXT]);

/* PKCE (RFC 7636): a verifier of 64 characters, and its S256 challenge of 43; both terminated. */
#define CRYPTO_VERIFIER_TEXT  65
#define CRYPTO_CHALLENGE_TEXT 44
void crypto_pkce(char verifier[CRYPTO_VERIFIER_TEXT], char challenge[CRYPTO_CHALLENGE_TEXT]);

/* ---- keys and sealing ---- */

struct crypto_key {
    uint8_t bytes[32];
    uint8_t id[8]; /* first bytes of the key's SHA-256: tells which key sealed something */
};

/* 64 hex digits, blanks around them allowed. CONFIG "key". */
MUST_CHECK bool crypto_key_parse(struct text hex, struct crypto_key *ret, struct error *err);
/* Regular file, no link, no rights for group or others. CONFIG "key-file". */
MUST_CHECK bool crypto_key_load(const char *path, struct crypto_key *ret, struct error *err);
/* A new random key in a new file of mode 0600, durable when this returns. */
MUST_CHECK bool crypto_key_create(const char *path, struct crypto_key *ret, struct error *err);
void crypto_key_done(struct crypto_key *key); /* wipes */

/*
 * AES-256-GCM. `about` is bound to the bytes (additional data): what was sealed for one grant
 * cannot be opened as another's. Format: version 1, key id, nonce, tag, ciphertext.
 */
void crypto_seal(const struct crypto_key *key, struct text about, struct text plain,
                 struct buffer *out);
/* CONFIG "other-key" when another key sealed it, REJECTED "seal" when it was changed. */
MUST_CHECK bool crypto_open(const struct crypto_key *key, struct text about, struct text sealed,
                            struct buffer *out, struct error *err);

#endif
