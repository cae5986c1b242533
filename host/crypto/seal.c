#include <openssl/evp.h>
#include <stdlib.h>

#include "base/memory.h"
#include "crypto/crypto.h"

#define VERSION     1
#define NONCE_BYTES 12
#define TAG_BYTES   16
#define ID_BYTES    8
#define HEAD_BYTES  (1 + ID_BYTES + NONCE_BYTES + TAG_BYTES)

static void must(bool ok)
{
    if (!ok) {
        abort();
    }
}

static const unsigned char *bytes_of(struct text t)
{
    return (const unsigned char *)(t.at ? t.at : "");
}

void crypto_seal(const struct crypto_key *key, struct text about, struct text plain,
                 struct buffer *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char *sealed = memory_new(HEAD_BYTES + plain.size, 1);
    unsigned char *nonce = sealed + 1 + ID_BYTES, *tag = nonce + NONCE_BYTES,
                  *body = tag + TAG_BYTES;
    int size;

    sealed[0] = VERSION;
    memcpy(sealed + 1, key->id, ID_BYTES);
    crypto_random(nonce, NONCE_BYTES);
    must(context && EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, nonce) == 1 &&
         EVP_EncryptUpdate(context, NULL, &size, bytes_of(about), (int)about.size) == 1 &&
         EVP_EncryptUpdate(context, body, &size, bytes_of(plain), (int)plain.size) == 1 &&
         EVP_EncryptFinal_ex(context, body + size, &size) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, tag) == 1);
    EVP_CIPHER_CTX_free(context);
    buffer_add(out, sealed, HEAD_BYTES + plain.size);
    memory_free(sealed);
}

static bool open_body(const struct crypto_key *key, struct text about, const unsigned char *head,
                      struct text body, unsigned char *plain)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char tag[TAG_BYTES];
    int size;
    bool ok;

    memcpy(tag, head + 1 + ID_BYTES + NONCE_BYTES, TAG_BYTES);
    must(context && EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes,
                                       head + 1 + ID_BYTES) == 1);
    ok = EVP_DecryptUpdate(context, NULL, &size, bytes_of(about), (int)about.size) == 1 &&
         EVP_DecryptUpdate(context, plain, &size, bytes_of(body), (int)body.size) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 &&
         EVP_DecryptFinal_ex(context, plain + size, &size) == 1;
    EVP_CIPHER_CTX_free(context);
    return ok;
}

bool crypto_open(const struct crypto_key *key, struct text about, struct text sealed,
                 struct buffer *out, struct error *err)
{
    const unsigned char *head = bytes_of(sealed);
    struct text body;
    unsigned char *plain;
    bool ok;

    if (sealed.size < HEAD_BYTES || head[0] != VERSION) {
        return error_set(err, ERROR_REJECTED, "seal",
                         "the sealed bytes are cut off or of another version");
    }
    if (memcmp(head + 1, key->id, ID_BYTES) != 0) {
        return error_set(err, ERROR_CONFIG, "other-key",
                         "this was sealed with another key; give Ferry the key of then");
    }
    body = (struct text){sealed.at + HEAD_BYTES, sealed.size - HEAD_BYTES};
    plain = memory_new(body.size + 1, 1);
    ok = open_body(key, about, head, body, plain);
    if (ok) {
        buffer_add(out, plain, body.size);
    }
    memory_wipe(plain, body.size);
    memory_free(plain);
    return ok ? true
              : error_set(err, ERROR_REJECTED, "seal",
                          "the sealed bytes were changed, or belong elsewhere");
}
